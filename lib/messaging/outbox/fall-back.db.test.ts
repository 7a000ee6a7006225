import { and, eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { conversations, messages, outbox } from "@/db/schema/messaging";
import { templates } from "@/db/schema/templates";
import { inClinic, makeChannel } from "@/db/testing/make";
import { makeMailing } from "@/db/testing/make-mailing";
import { listTaskReasons, makeDue } from "@/db/testing/make-outbox";
import { query } from "@/lib/core/transact";
import { startSmtpStub } from "@/stubs/smtp/server";
import { startTwilioStub } from "@/stubs/twilio/server";
import { channelOf } from "@/lib/messaging/channels/registry";
import { deliverClinic } from "./deliver";
import { claimDue } from "./claim";
import { DELIVERY, outboundOf } from "./items";
import { storeOutcome } from "./store";
import { libraryRows } from "@/lib/messaging/templates/seed";
import { sendAutomaticIn } from "@/lib/messaging/templates/send-automatic";
import { openThreadIn } from "@/lib/messaging/thread";

const smtp = await startSmtpStub({ login: { user: "desk", pass: "secret words" } });
const twilio = await startTwilioStub({ authToken: "test-twilio-auth-token" });
process.env.TWILIO_API_BASE_URL = twilio.url;
afterAll(() => Promise.all([smtp.close(), twilio.close()]));

const AT_ONCE = { ...DELIVERY, unknownAfterSeconds: 0, reconcileAfterSeconds: 0 };
const DEAD_ON_ARRIVAL = { ...AT_ONCE, leaseSeconds: 0 };
const tomorrow = new Date("2026-03-03T18:00:00Z");
const mailsTo = (address: string) => smtp.mails.filter(({ to }) => to.includes(address));

/** A reminder on WhatsApp at a clinic that has SMS and e-mail too; the first two ways will be refused. */
async function makeReminder() {
  const mailing = await makeMailing(smtp.url);
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
