import { eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { conversations } from "@/db/schema/messaging";
import { contactPoints } from "@/db/schema/patients";
import { makeBareClinic } from "@/db/testing/make";
import { makeMailing } from "@/db/testing/make-mailing";
import { listTaskReasons, makeDue, readSend } from "@/db/testing/make-outbox";
import { unwrap } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { startSmtpStub } from "@/stubs/smtp/server";
import { channelOf } from "@/lib/messaging/channels/registry";
import { deliverClinic } from "./deliver";
import { claimDue } from "./claim";
import { DELIVERY, outboundOf } from "./items";
import { startConversation } from "@/lib/messaging/inbox/start-conversation";

const smtp = await startSmtpStub({ login: { user: "desk", pass: "secret words" } });
afterAll(() => smtp.close());

const AT_ONCE = { ...DELIVERY, unknownAfterSeconds: 0, reconcileAfterSeconds: 0 };
const DEAD_ON_ARRIVAL = { ...AT_ONCE, leaseSeconds: 0 };
const tomorrow = new Date("2026-03-03T18:00:00Z");

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
  const { ctx, address, say, agree } = await makeMailing(smtp.url);
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
    const { ctx, address, say } = await makeMailing(smtp.url);
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
  const mailing = await makeMailing(smtp.url);
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
  const mailing = await makeMailing(smtp.url);
  smtp.faults.push("refuse");
  const id = await mailing.say("taken for spam");
  await deliverClinic(mailing.ctx);
  expect(await readSend(mailing.ctx, id)).toMatchObject({ state: "dead", statusReason: "mail_refused:554" });
  expect(await pointOf(mailing)).toMatchObject({ unreachableSince: null });
});

test("an answer lost after the letter left stays unknown: never sent again, shown to staff", async () => {
  const { ctx, address, say } = await makeMailing(smtp.url);
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
    const { ctx, address, say } = await makeMailing(smtp.url);
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

test("staff write first by e-mail with a subject of their own, hold the thread, and go on in the same one", async () => {
  const { ctx, address, point, patient, agree } = await makeMailing(smtp.url);
  const letter = { contactPointId: point.id, channel: "email", text: "Your papers", subject: "Papers" } as const;
  const first = unwrap(await startConversation(ctx, letter));
  await deliverClinic(ctx);
  expect(mailsTo(address)[0]?.raw).toMatch(/^Subject: Papers\r$/m);
  expect(await readSend(ctx, first.messageId)).toMatchObject({ sendClass: "staff", payload: { subject: "Papers" } });
  const more = unwrap(await startConversation(ctx, { ...letter, subject: undefined }));
  expect(more.id).toBe(first.id);
  const [thread] = await query(ctx, (tx) => tx.select().from(conversations).where(eq(conversations.id, first.id)));
  expect(thread).toMatchObject({ holder: "staff", status: "waiting" });
  expect(await startConversation(ctx, { ...letter, contactPointId: patient.contactPointId })).toMatchObject({
    error: "NOT_FOUND",
    details: { what: "channel" },
  });
  const elsewhere = await makeBareClinic();
  expect(await startConversation(elsewhere, letter)).toMatchObject({ error: "NOT_FOUND" });
  await agree("out");
  expect(await startConversation(ctx, letter)).toMatchObject({ error: "OPTED_OUT" });
});
