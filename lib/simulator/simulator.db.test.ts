import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "@/db/ids";
import { conversations, messages, webhookEvents } from "@/db/schema/messaging";
import { inClinic, makeClinic } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { recordConsentIn, isOptedOutIn } from "@/lib/messaging/consents/consent";
import { deliverClinic } from "@/lib/messaging/outbox/deliver";
import { ingestPending } from "@/lib/messaging/ingest/ingest";
import { sendIn } from "@/lib/messaging/send";
import { findOrCreatePatientIn } from "@/lib/patients/find-or-create";
import { bookIn } from "@/lib/scheduling/book";
import { getTalk } from "./get-talk";
import { resetTalk } from "./reset";
import { say } from "./say";

const talkOf = async (ctx: ClinicContext) => unwrap(await getTalk(ctx, {}));
const threadsOf = (ctx: ClinicContext) => query(ctx, (tx) => tx.select().from(conversations));

test("what is typed goes the vendors' way and becomes a patient's message with the id that was answered", async () => {
  const { ctx } = await makeClinic();
  const said = unwrap(await say(ctx, { text: "Hi\u0000 there", language: "es" }));
  expect(said.conversationId).toBeNull();
  await ingestPending();
  const [message] = await query(ctx, (tx) => tx.select().from(messages).where(eq(messages.id, said.messageId)));
  expect(message).toMatchObject({ text: "Hi there", direction: "inbound", vendor: "simulator" });
  const talk = await talkOf(ctx);
  expect(talk.conversationId).toBe(message?.conversationId);
  expect((await threadsOf(ctx))[0]).toMatchObject({ language: "es" });
  expect(unwrap(await say(ctx, { text: "again" })).conversationId).toBe(talk.conversationId);
});

test("a reply is delivered by being shown", async () => {
  const { ctx } = await makeClinic();
  await say(ctx, { text: "Hi" });
  await ingestPending();
  const { conversationId } = await talkOf(ctx);
  const input = { conversationId: conversationId ?? "", text: "Hello", sendClass: "reply", senderType: "bot" } as const;
  const id = await inClinic(ctx, (tx) => sendIn(tx, ctx, { ...input, dedupeKey: newId() }));
  await deliverClinic(ctx);
  const [reply] = await query(ctx, (tx) => tx.select().from(messages).where(eq(messages.id, id)));
  expect(reply?.status).toBe("delivered");
});

test("a reset cancels what was booked, lifts the stop, forgets who was met, and the next talk is a new one", async () => {
  const { ctx, provider, cleaning } = await makeClinic();
  await say(ctx, { text: "Hi" });
  await ingestPending();
  const { conversationId, phone } = await talkOf(ctx);
  const [thread] = await threadsOf(ctx);
  const contactPointId = thread?.contactPointId ?? "";
  const visit = await inClinic(ctx, async (tx) => {
    const who = { name: "Play Er", phone, createdFrom: "SIMULATOR" } as const;
    const { patient } = unwrap(await findOrCreatePatientIn(tx, ctx, who));
    const startsAt = new Date("2026-03-03T15:00:00Z");
    const what = { serviceId: cleaning.id, providerId: provider.id, startsAt, conversationId: conversationId ?? "" };
    const stop = { contactPointId, channelKind: "sms", state: "out", how: "keyword", words: "STOP" } as const;
    await recordConsentIn(tx, ctx, { ...stop, at: new Date() });
    return unwrap(await bookIn(tx, ctx, { ...what, patientId: patient.id, createdFrom: "SIMULATOR" }));
  });
  expect(visit.status).toBe("scheduled");
  const later = { ...ctx, now: () => new Date() };
  expect(unwrap(await resetTalk(later, {}))).toEqual({ cancelled: 1 });
  expect(await query(ctx, (tx) => isOptedOutIn(tx, ctx, contactPointId, "sms"))).toBe(false);
  expect((await talkOf(ctx)).conversationId).toBeNull();
  await say(ctx, { text: "Hello again" });
  await ingestPending();
  expect((await talkOf(ctx)).conversationId).not.toBe(conversationId);
  expect(unwrap(await resetTalk(later, { phone: "+15550190001" }))).toEqual({ cancelled: 0 });
});

test("one can be an unknown number or, in the demo, a patient who speaks a language", async () => {
  const { ctx, patient } = await makeClinic();
  await inClinic(ctx, async (tx) => {
    const who = { name: "Lina", phone: "+966500000009", language: "ar", createdFrom: "MANUAL_ADMIN" } as const;
    await findOrCreatePatientIn(tx, ctx, who);
  });
  const { personas } = await talkOf(ctx);
  expect(personas.map(({ name, language }) => [name, language])).toEqual([
    [null, null],
    ["Lina", "ar"],
  ]);
  expect(personas[0]?.phone).toMatch(/^\+1555019\d{4}$/);
  expect(personas.map((one) => one.phone)).not.toContain(patient.phone);
  expect(await getTalk(ctx, { phone: "not a phone" })).toMatchObject({ error: "VALIDATION_FAILED" });
});

test("an event of another clinic's simulator is not seen here", async () => {
  const [here, elsewhere] = [await makeClinic(), await makeClinic()];
  await say(elsewhere.ctx, { text: "Hi" });
  await ingestPending();
  expect(await threadsOf(here.ctx)).toEqual([]);
  expect(
    await query(here.ctx, (tx) =>
      tx.select().from(webhookEvents).where(eq(webhookEvents.account, elsewhere.ctx.clinic.slug)),
    ),
  ).toEqual([]);
});
