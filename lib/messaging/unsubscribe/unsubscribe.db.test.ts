import fc from "fast-check";
import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { POST } from "@/app/api/public/unsubscribe/[token]/route";
import { newId } from "@/db/ids";
import { consentEvents, consents, patientContactPoints } from "@/db/schema/patients";
import { call } from "@/db/testing/call";
import { inClinic, makeBareClinic, makeChannel, makePatient } from "@/db/testing/make";
import { readSend } from "@/db/testing/make-outbox";
import { query } from "@/lib/core/transact";
import type { Purpose } from "@/lib/messaging/consents/consent";
import { sendIn } from "@/lib/messaging/send";
import { openThreadIn } from "@/lib/messaging/thread";
import { ensureContactPointIn } from "@/lib/patients/contact-point";
import { findUnsubscribe } from "./find";
import { readUnsubscribe, signUnsubscribe } from "./link";

/** A letter with its link, to a patient who has a phone too; and one that waits to follow it. */
async function makeLetter(purpose: Purpose) {
  const ctx = await makeBareClinic({}, new Date().toISOString());
  const patient = await makePatient(ctx);
  const channel = await makeChannel(ctx, { kind: "email", address: `${ctx.clinic.slug}@north.test` });
  const [contactPointId, messageId, waitingId] = await inClinic(ctx, async (tx) => {
    const point = await ensureContactPointIn(tx, ctx, { kind: "email", value: `p-${newId()}@example.test` });
    const row = { clinicId: ctx.clinic.id, patientId: patient.id, contactPointId: point.id };
    await tx.insert(patientContactPoints).values(row);
    const thread = await openThreadIn(tx, ctx, { id: channel.id, reopensThreads: true }, point.id);
    const send = { conversationId: thread.id, text: "hello", senderType: "system", sendClass: "marketing" } as const;
    const first = await sendIn(tx, ctx, { ...send, dedupeKey: "1" });
    return [point.id, first, await sendIn(tx, ctx, { ...send, dedupeKey: "2", text: "again" })];
  });
  const token = signUnsubscribe({ clinicId: ctx.clinic.id, contactPointId, messageId, purpose });
  const post = (raw: string, of = token) =>
    call(POST, `/api/public/unsubscribe/${of}`, {
      ...{ raw, params: { token: of } },
      headers: { "content-type": "application/x-www-form-urlencoded", origin: "https://mail.example.test" },
    });
  const told = () =>
    query(ctx, (tx) => tx.select().from(consentEvents).where(eq(consentEvents.clinicId, ctx.clinic.id)));
  const holds = async () => {
    const rows = await query(ctx, (tx) =>
      tx
        .select()
        .from(consents)
        .where(and(eq(consents.clinicId, ctx.clinic.id))),
    );
    return rows.map(({ channelKind, purpose: of, state }) => `${channelKind} ${of} ${state}`).sort();
  };
  return { ctx, token, post, told, holds, contactPointId, messageId, waitingId };
}
const ONE_CLICK = "List-Unsubscribe=One-Click";

test("one click of a mail program ends invitations on every way, with the letter as evidence, and once", async () => {
  const { ctx, post, told, holds, contactPointId, messageId, waitingId } = await makeLetter("marketing");
  expect(await post(ONE_CLICK)).toMatchObject({ status: 200 });
  expect(await holds()).toEqual(["email marketing out", "sms marketing out", "whatsapp marketing out"]);
  const evidence = { contactPointId, messageId, how: "form", words: ONE_CLICK, purpose: "marketing" };
  expect(await told()).toContainEqual(expect.objectContaining({ ...evidence, channelKind: "email" }));
  expect(await readSend(ctx, waitingId)).toMatchObject({ status: "suppressed", statusReason: "opted_out" });
  expect(await post(ONE_CLICK)).toMatchObject({ status: 200 });
  expect(await told()).toHaveLength(3);
});

test("the page's choice goes further than the link: everything by e-mail, and back to the page", async () => {
  const { token, post, holds } = await makeLetter("marketing");
  const answer = await post("end=service");
  expect([answer.status, answer.headers.get("location")]).toEqual([303, `/unsubscribe/${token}`]);
  expect(await holds()).toContain("email service out");
  const page = await findUnsubscribe(token);
  expect(page).toMatchObject({ data: { page: { isOut: { service: true, marketing: true } } } });
});

test("a link for everything ends everything, whatever a mail program posts", async () => {
  const { post, holds } = await makeLetter("service");
  expect((await post("")).status).toBe(200);
  expect(await holds()).toContain("email service out");
});

test("reading a link changes nothing, and shows an address in part alone", async () => {
  const { token, told, holds } = await makeLetter("marketing");
  const found = await findUnsubscribe(token);
  if (!found.ok) throw new Error("no link");
  expect(found.data.page).toMatchObject({ address: "p•••@example.test", isOut: { service: false, marketing: false } });
  expect([await told(), await holds()]).toEqual([[], []]);
});

test("no other token than ours opens anything, whichever character is changed", async () => {
  const { token, post, holds } = await makeLetter("marketing");
  fc.assert(
    fc.property(fc.nat({ max: token.length - 1 }), fc.constantFrom(..."AQZaz09-_."), (at, other) => {
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      expect(readUnsubscribe(changed) === undefined).toBe(changed !== token);
    }),
    { numRuns: 200 },
  );
  for (const wrong of [`${token}x`, token.split(".").reverse().join("."), `${token}.`, "x".repeat(100)])
    expect((await post(ONE_CLICK, wrong)).status).toBe(404);
  expect(await post(`${ONE_CLICK}&${"x".repeat(3_000)}`)).toMatchObject({ status: 413 });
  expect(await holds()).toEqual([]);
});
