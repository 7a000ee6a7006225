import { and, eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { newId } from "@/db/ids";
import { conversations, messages, outbox } from "@/db/schema/messaging";
import { contactPoints, patientContactPoints } from "@/db/schema/patients";
import { templates } from "@/db/schema/templates";
import { inClinic, makeBareClinic, makeChannel, makePatient, makePhone } from "@/db/testing/make";
import { listTaskReasons, makeDue, readSend } from "@/db/testing/make-outbox";
import { query } from "@/lib/core/transact";
import { ensureContactPointIn } from "@/lib/patients/contact-point";
import { startSmtpStub } from "@/stubs/smtp/server";
import { startTwilioStub } from "@/stubs/twilio/server";
import { channelOf } from "./channels/registry";
import { recordConsentIn } from "./consent";
import { saveCredentialsIn } from "./credentials";
import { deliverClinic } from "./deliver";
import { claimDue } from "./outbox-claim";
import { DELIVERY, outboundOf } from "./outbox-items";
import { storeOutcome } from "./outbox-store";
import { sendIn, type SendClass, type SendInput } from "./send";
import { libraryRows } from "./templates/seed";
import { sendAutomaticIn } from "./templates/send-automatic";
import { openThreadIn } from "./thread";

const smtp = await startSmtpStub({ login: { user: "desk", pass: "secret words" } });
const twilio = await startTwilioStub({ authToken: "test-twilio-auth-token" });
process.env.TWILIO_API_BASE_URL = twilio.url;
afterAll(() => Promise.all([smtp.close(), twilio.close()]));

/** By day in New York. */
const DAY = "2026-03-02T16:00:00Z";
const AT_ONCE = { ...DELIVERY, unknownAfterSeconds: 0, reconcileAfterSeconds: 0 };
const DEAD_ON_ARRIVAL = { ...AT_ONCE, leaseSeconds: 0 };
const tomorrow = new Date("2026-03-03T18:00:00Z");

/** A patient with an e-mail address beside their phone, at a clinic that writes from its own mail server. */
async function makeMailing(url = smtp.url, language = "en") {
  const ctx = await makeBareClinic({ name: "North Dental", address: "1 Main Street" }, DAY);
  const patient = await makePatient(ctx, { phone: makePhone(), language });
  const address = `${newId()}@example.test`;
  const channel = await makeChannel(ctx, {
    ...{ kind: "email", address: `desk-${newId().slice(-8)}@north.test`, account: "127.0.0.1", pacePerSecond: 400 },
  });
  const point = await inClinic(ctx, async (tx) => {
    await saveCredentialsIn(tx, ctx, channel.id, { smtp_url: url });
    const made = await ensureContactPointIn(tx, ctx, { kind: "email", value: address });
    const row = { clinicId: ctx.clinic.id, patientId: patient.id, contactPointId: made.id };
    await tx.insert(patientContactPoints).values(row);
    return made;
  });
  const open = () => inClinic(ctx, (tx) => openThreadIn(tx, ctx, { id: channel.id, reopensThreads: true }, point.id));
  const say = async (text: string, sendClass: SendClass = "service", more: Partial<SendInput> = {}) => {
    const { id: conversationId } = await open();
    const input = { conversationId, text, sendClass, senderType: "system", dedupeKey: newId(), ...more } as const;
    return inClinic(ctx, (tx) => sendIn(tx, ctx, input));
  };
  const agree = (state: "in" | "out", purposes?: ["marketing"]) =>
    inClinic(ctx, (tx) =>
      recordConsentIn(tx, ctx, {
        ...{ contactPointId: point.id, channelKind: "email", state, how: "form", words: "yes", at: ctx.now() },
        ...(purposes && { purposes }),
      }),
    );
  return { ctx, patient, channel, point, address, open, say, agree };
}
const mailsTo = (address: string) => smtp.mails.filter(({ to }) => to.includes(address));
const takenOf = (outboxId: string) =>
  smtp.ledger.filter((entry) => entry.outboxId === outboxId && entry.kind !== "refused");
const pointOf = async ({ ctx, point }: Awaited<ReturnType<typeof makeMailing>>) =>
  (await query(ctx, (tx) => tx.select().from(contactPoints).where(eq(contactPoints.id, point.id))))[0];

test("a letter goes out once, under the outbox id, with a subject in the patient's language that the thread keeps", async () => {
  const { ctx, address, say, agree } = await makeMailing(smtp.url, "ar");
  const id = await say("تم الحجز");
  expect(await deliverClinic(ctx)).toMatchObject({ sent: 1, notSent: 0 });
  expect(await deliverClinic(ctx)).toMatchObject({ sent: 0 });
  const row = await readSend(ctx, id);
  expect(row).toMatchObject({
    status: "sent",
    state: "done",
    vendor: "smtp",
    payload: { subject: "رسالة من North Dental" },
  });
  expect(row.vendorId).toBe(`<${row.outboxId}@north.test>`);
  const [mail, ...more] = mailsTo(address);
  expect(more).toEqual([]);
  expect(mail?.raw).toContain(`Message-ID: ${row.vendorId}`);
  expect(mail?.raw).toContain('lang=3D"ar" dir=3D"rtl"');
  expect(mail?.raw).not.toContain("List-Unsubscribe");
  await agree("in", ["marketing"]);
  await say("عرض", "marketing", { payload: { subject: "Own words" } });
  await deliverClinic(ctx);
  const [, invitation] = mailsTo(address);
  expect(invitation?.raw).toMatch(/^Subject: Own words\r$/m);
  expect(invitation?.raw).toMatch(
    /^List-Unsubscribe: <http:\/\/localhost:3000\/api\/public\/unsubscribe\/[\w.-]+>\r$/m,
  );
  expect(invitation?.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
});

test("the gate holds for letters: marketing needs its yes, a stop ends all, an answer has no window", async () => {
  const { ctx, address, say, agree } = await makeMailing();
  const invitation = await say("come", "marketing");
  const answer = await say("by staff", "staff");
  await deliverClinic(ctx);
  expect(await readSend(ctx, invitation)).toMatchObject({ status: "suppressed", statusReason: "no_consent" });
  expect((await readSend(ctx, answer)).status).toBe("sent");
  await agree("out");
  const reminder = await say("tomorrow", "reminder", { expiresAt: tomorrow });
  await deliverClinic(ctx);
  expect(await readSend(ctx, reminder)).toMatchObject({ status: "suppressed", statusReason: "opted_out" });
  expect(mailsTo(address)).toHaveLength(1);
});

test.each(["greylist", "busy", "drop-early", "refuse-sender"] as const)(
  "a server that has nothing of a letter (%s) is asked again, and takes it once",
  async (fault) => {
    const { ctx, address, say } = await makeMailing();
    smtp.faults.push(fault);
    const id = await say("again");
    await deliverClinic(ctx);
    const waiting = await readSend(ctx, id);
    expect(waiting).toMatchObject({ state: "due", attempts: 1 });
    await makeDue(ctx);
    await deliverClinic(ctx);
    expect(await readSend(ctx, id)).toMatchObject({ state: "done", status: "sent" });
    expect(takenOf(waiting.outboxId)).toHaveLength(1);
    expect(mailsTo(address)).toHaveLength(1);
  },
);

test("nobody at the server: no byte has left, so it waits", async () => {
  const { ctx, say } = await makeMailing("smtp://127.0.0.1:1");
  const id = await say("hello");
  await deliverClinic(ctx);
  expect(await readSend(ctx, id)).toMatchObject({
    state: "due",
    attempts: 1,
    lastError: "down:mail_down:ECONNREFUSED",
  });
});

test("an address that nobody has is marked, told to staff, and no machine writes to it again", async () => {
  const mailing = await makeMailing();
  const { ctx, say } = mailing;
  smtp.faults.push("reject-recipient");
  const id = await say("to nobody");
  await deliverClinic(ctx);
  const failed = { state: "dead", status: "failed", attempts: 1, statusReason: "mail_no_mailbox:550" };
  expect(await readSend(ctx, id)).toMatchObject(failed);
  expect(await pointOf(mailing)).toMatchObject({ unreachableReason: "mail_no_mailbox:550" });
  expect(await listTaskReasons(ctx)).toEqual(["send_failed"]);
  const next = await say("again to nobody");
  await deliverClinic(ctx);
  expect(await readSend(ctx, next)).toMatchObject({ status: "suppressed", statusReason: "number_bad" });
});

test("a mail that isn't wanted is no fault of the address", async () => {
  const mailing = await makeMailing();
  smtp.faults.push("refuse");
  const id = await mailing.say("taken for spam");
  await deliverClinic(mailing.ctx);
  expect(await readSend(mailing.ctx, id)).toMatchObject({ state: "dead", statusReason: "mail_refused:554" });
  expect(await pointOf(mailing)).toMatchObject({ unreachableSince: null });
});

test("an answer lost after the letter left stays unknown: never sent again, shown to staff", async () => {
  const { ctx, address, say } = await makeMailing();
  smtp.faults.push("drop");
  const id = await say("perhaps");
  await deliverClinic(ctx);
  expect(await readSend(ctx, id)).toMatchObject({ state: "sending", status: "unknown" });
  await makeDue(ctx);
  await deliverClinic(ctx, AT_ONCE);
  expect(await readSend(ctx, id)).toMatchObject({ state: "unknown", status: "unknown" });
  await makeDue(ctx);
  await deliverClinic(ctx, AT_ONCE);
  expect(mailsTo(address)).toHaveLength(1);
  expect(await listTaskReasons(ctx)).toEqual(["send_unknown"]);
});

test("a worker that died with the letter on its way leaves it unknown, whether it got out or not", async () => {
  for (const gotOut of [true, false]) {
    const { ctx, address, say } = await makeMailing();
    const id = await say("took it and died");
    const { claimed } = await claimDue(ctx, DEAD_ON_ARRIVAL);
    if (gotOut) for (const item of claimed) await channelOf(item.channelKind).send(outboundOf(item));
    await deliverClinic(ctx, AT_ONCE);
    await makeDue(ctx);
    await deliverClinic(ctx, AT_ONCE);
    expect(await readSend(ctx, id)).toMatchObject({ status: "unknown" });
    expect(mailsTo(address)).toHaveLength(gotOut ? 1 : 0);
  }
});

/** A reminder on WhatsApp at a clinic that has SMS and e-mail too; the first two ways will be refused. */
async function makeReminder() {
  const mailing = await makeMailing();
  const { ctx, patient } = mailing;
  const line = { account: process.env.TWILIO_ACCOUNT_SID, pacePerSecond: 400 };
  const whatsapp = await makeChannel(ctx, { ...line, kind: "twilio_whatsapp" });
  await makeChannel(ctx, { ...line, kind: "twilio_sms" });
  const reminder = { purpose: "reminder_24h", dedupeKey: "reminder:1", expiresAt: tomorrow, values: {} } as const;
  await inClinic(ctx, async (tx) => {
    await tx.insert(templates).values(libraryRows(ctx.clinic.id, ["en"], "approved"));
    const thread = await openThreadIn(tx, ctx, { id: whatsapp.id, reopensThreads: true }, patient.contactPointId);
    await tx.update(conversations).set({ lastInboundAt: ctx.now() }).where(eq(conversations.id, thread.id));
    await sendAutomaticIn(tx, ctx, { ...reminder, conversationId: thread.id });
  });
  const rows = () =>
    query(ctx, (tx) =>
      tx
        .select({
          status: messages.status,
          vendor: messages.vendor,
          payload: messages.payload,
          isOver: outbox.supersededAt,
        })
        .from(outbox)
        .innerJoin(messages, and(eq(messages.clinicId, outbox.clinicId), eq(messages.id, outbox.messageId)))
        .where(and(eq(outbox.clinicId, ctx.clinic.id), eq(outbox.dedupeKey, "reminder:1")))
        .orderBy(outbox.id),
    );
  return { ...mailing, rows };
}
const UNDELIVERABLE = { kind: "error", code: 63024 } as const;
const LANDLINE = { kind: "error", code: 21614 } as const;

test("what WhatsApp and SMS refuse arrives by e-mail, once, under one key", async () => {
  const { ctx, address, patient, rows } = await makeReminder();
  twilio.fail(UNDELIVERABLE);
  twilio.fail(LANDLINE);
  for (let i = 0; i < 3; i++) await Promise.all([deliverClinic(ctx), deliverClinic(ctx)]);
  expect(await rows()).toMatchObject([
    { status: "failed", isOver: expect.any(Date) },
    { status: "failed", isOver: expect.any(Date) },
    { status: "sent", vendor: "smtp", isOver: null, payload: { subject: "Your visit at North Dental" } },
  ]);
  expect(twilio.ledger.of("accepted").filter(({ to }) => to?.endsWith(patient.phone))).toEqual([]);
  expect(mailsTo(address)).toHaveLength(1);
  expect(await listTaskReasons(ctx)).toEqual([]);
});

test("a worker killed after any of the three hand-overs makes no second letter, and loses none", async () => {
  const refusals = [UNDELIVERABLE, LANDLINE];
  for (const killedAt of [0, 1, 2]) {
    const { ctx, address, rows } = await makeReminder();
    for (let way = 0; way <= killedAt; way++) {
      for (const refusal of refusals.slice(way, way + 1)) twilio.fail(refusal);
      const isKilled = way === killedAt;
      const { claimed } = await claimDue(ctx, isKilled ? DEAD_ON_ARRIVAL : DELIVERY);
      expect(claimed).toHaveLength(1);
      for (const item of claimed) {
        const outcome = await channelOf(item.channelKind).send(outboundOf(item));
        if (!isKilled) await storeOutcome(ctx, item, outcome, DELIVERY);
      }
    }
    for (const refusal of refusals.slice(killedAt)) twilio.fail(refusal); // the next worker is told the same
    for (let round = 0; round < 3; round++) {
      await makeDue(ctx);
      await Promise.all([deliverClinic(ctx, AT_ONCE), deliverClinic(ctx, AT_ONCE)]);
    }
    expect(mailsTo(address)).toHaveLength(1);
    const standing = (await rows()).filter(({ isOver }) => isOver === null);
    expect(standing).toMatchObject([{ status: killedAt === 2 ? "unknown" : "sent" }]);
  }
});

test("no fallback goes round a stop by e-mail", async () => {
  const { ctx, address, agree, rows } = await makeReminder();
  await agree("out");
  twilio.fail(UNDELIVERABLE);
  twilio.fail(LANDLINE);
  for (let i = 0; i < 3; i++) await deliverClinic(ctx);
  expect(await rows()).toHaveLength(2);
  expect(mailsTo(address)).toEqual([]);
  expect(await listTaskReasons(ctx)).toEqual(["send_failed"]);
});
