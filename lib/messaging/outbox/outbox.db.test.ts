import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { channelBreakers } from "@/db/schema/channels";
import { clinics } from "@/db/schema/clinics";
import { outbox } from "@/db/schema/messaging";
import { contactPoints, patientContactPoints } from "@/db/schema/patients";
import { inClinic, makePatient } from "@/db/testing/make";
import { listTaskReasons, makeDue, makeThread, readSend } from "@/db/testing/make-outbox";
import { unwrap } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { startTwilioStub } from "@/stubs/twilio/server";
import { BREAKER_OPENS_AFTER } from "./breaker";
import { recordConsentIn } from "@/lib/messaging/consents/consent";
import { deliverClinic } from "./deliver";
import { listOutbox } from "./list";
import { openThreadIn } from "@/lib/messaging/thread";

const twilio = await startTwilioStub({ authToken: "test-twilio-auth-token" });
process.env.TWILIO_API_BASE_URL = twilio.url;
afterAll(() => twilio.close());

/** By day in New York. */
const DAY = "2026-03-02T16:00:00Z";
const tomorrow = new Date("2026-03-03T18:00:00Z");
const textedTo = (phone: string) => twilio.ledger.of("accepted").filter((one) => one.to === phone);
const byDay = () => makeThread({ pacePerSecond: 400 }, [{}, DAY]);
type Setting = Awaited<ReturnType<typeof byDay>>;

/** Somebody else's conversation on the same channel. */
async function makeOther({ ctx, channel }: Setting) {
  const patient = await makePatient(ctx);
  const line = { id: channel.id, reopensThreads: true };
  const thread = await inClinic(ctx, (tx) => openThreadIn(tx, ctx, line, patient.contactPointId));
  return { patient, thread };
}

const link = ({ ctx }: Setting, patientId: string, contactPointId: string) =>
  inClinic(ctx, (tx) =>
    tx.insert(patientContactPoints).values({ clinicId: ctx.clinic.id, patientId, contactPointId, isPrimary: false }),
  );

test("a vendor that is down rests behind a breaker: one probe at a time, everything when it is back, staff told once", async () => {
  const { ctx, phone, say } = await byDay();
  const ids: string[] = [];
  for (let i = 0; i < 3; i++) ids.push(await say(`message ${i}`));
  twilio.fail(...Array.from({ length: BREAKER_OPENS_AFTER + 1 }, () => ({ kind: "server_error" as const })));
  const dueAgain = () =>
    inClinic(ctx, (tx) =>
      tx
        .update(outbox)
        .set({ dueAt: sql`now()` })
        .where(eq(outbox.state, "due")),
    );
  for (let i = 0; i < BREAKER_OPENS_AFTER + 3; i++) {
    await dueAgain();
    await deliverClinic(ctx);
  }
  const [open] = await query(ctx, (tx) => tx.select().from(channelBreakers));
  expect(open?.failures).toBe(BREAKER_OPENS_AFTER);
  expect(open?.openUntil?.getTime()).toBeGreaterThan(Date.now() + 20_000);
  expect(await listTaskReasons(ctx)).toEqual(["channel_broken"]);
  const letProbe = () => inClinic(ctx, (tx) => tx.update(channelBreakers).set({ openUntil: sql`now()` }));
  await letProbe();
  await dueAgain();
  await Promise.all([deliverClinic(ctx), deliverClinic(ctx)]);
  const [still] = await query(ctx, (tx) => tx.select().from(channelBreakers));
  expect(still).toMatchObject({ failures: BREAKER_OPENS_AFTER + 1 });
  expect(still?.openUntil?.getTime()).toBeGreaterThan(Date.now() + 20_000);
  expect(textedTo(phone)).toEqual([]);
  await letProbe();
  await makeDue(ctx);
  await deliverClinic(ctx);
  await makeDue(ctx);
  await deliverClinic(ctx);
  expect(textedTo(phone).map((one) => one.text)).toEqual(["message 0", "message 1", "message 2"]);
  expect(await listTaskReasons(ctx)).toEqual(["channel_broken"]);
});

test("a message that our own code breaks on is put away the fifth time, told of once, and its neighbours go out", async () => {
  const setting = await byDay();
  const { ctx, phone, point, say } = setting;
  const { patient, thread } = await makeOther(setting);
  const nowhere = await makePatient(ctx, { timeZone: "Nowhere/Land" });
  await link(setting, nowhere.id, point.id);
  const poison = await say("your visit is moved", "service");
  const neighbour = await say("hello", "service", { conversationId: thread.id });
  for (let i = 0; i < 6; i++) {
    await makeDue(ctx);
    await deliverClinic(ctx);
  }
  expect(await readSend(ctx, poison)).toMatchObject({ state: "dead", status: "failed", statusReason: "threw" });
  expect((await readSend(ctx, neighbour)).status).toBe("sent");
  expect([textedTo(phone), textedTo(patient.phone)].map((texts) => texts.length)).toEqual([0, 1]);
  expect(await listTaskReasons(ctx)).toEqual(["send_failed"]);
  const { items, total } = unwrap(await listOutbox(ctx, { status: "dead", page: 1, limit: 20 }));
  expect([total, items[0]?.failure.code]).toEqual([1, "threw"]);
});

test("two invitations claimed at once by two workers are one: the day's limit is counted in the claim", async () => {
  const setting = await byDay();
  const { ctx, point, phone, say } = setting;
  const owner = await makePatient(ctx, { phone });
  const { patient, thread } = await makeOther(setting);
  await link(setting, owner.id, patient.contactPointId);
  for (const contactPointId of [point.id, patient.contactPointId]) {
    const yes = { contactPointId, channelKind: "sms", state: "in", how: "form", words: "yes" } as const;
    await inClinic(ctx, (tx) => recordConsentIn(tx, ctx, { ...yes, purposes: ["marketing"], at: ctx.now() }));
  }
  const here = await say("come by", "marketing");
  const other = await say("come by, too", "offer", { conversationId: thread.id });
  const remind = await say("see you tomorrow", "reminder", { expiresAt: tomorrow });
  await Promise.all(Array.from({ length: 4 }, () => deliverClinic(ctx)));
  await deliverClinic(ctx);
  const states = [await readSend(ctx, here), await readSend(ctx, other)].map((row) => row.statusReason ?? row.status);
  expect(states.sort()).toEqual(["cap_reached", "sent"]);
  expect((await readSend(ctx, remind)).status).toBe("sent");
});

test("what is of no use any more is dropped, and what waits for a decent hour says so", async () => {
  const { ctx, say } = await makeThread({}, [{}, "2026-03-02T12:00:00Z"]); // 07:00 in New York
  const late = await say("in five minutes", "reminder", { expiresAt: new Date("2026-03-02T11:59:00Z") });
  const waits = await say("tomorrow at one", "reminder", { expiresAt: tomorrow });
  await deliverClinic(ctx);
  expect(await readSend(ctx, late)).toMatchObject({ status: "suppressed", statusReason: "expired" });
  const row = await readSend(ctx, waits);
  expect(row).toMatchObject({ status: "queued", state: "due", lastError: "quiet_hours" });
  expect(row.dueIn).toBeGreaterThan(7_100); // two hours, counted by the database
  expect(row.dueIn).toBeLessThan(7_300);
});

test("a bad number is marked and what was meant for it goes by the person's e-mail or to staff", async () => {
  const { ctx, point, say } = await makeThread({}, [{}, DAY]);
  twilio.fail({ kind: "error", code: 21211 });
  await say("your visit is moved", "service");
  await deliverClinic(ctx);
  const [marked] = await query(ctx, (tx) => tx.select().from(contactPoints).where(eq(contactPoints.id, point.id)));
  expect(marked).toMatchObject({ unreachableReason: "21211" });
  const next = await say("again", "service");
  await deliverClinic(ctx);
  expect(await readSend(ctx, next)).toMatchObject({ status: "suppressed", statusReason: "number_bad", attempts: 0 });
  expect(await listTaskReasons(ctx)).toEqual(["send_failed"]);
});

test("a clinic's own limits and its one switch are asked at the moment of sending", async () => {
  const { ctx, say } = await makeThread({}, [{}, DAY]);
  await inClinic(ctx, (tx) =>
    tx.update(clinics).set({ hasAutomaticSends: false }).where(eq(clinics.id, ctx.clinic.id)),
  );
  const stopped = await say("automatic", "reminder");
  await deliverClinic(ctx);
  expect((await readSend(ctx, stopped)).statusReason).toBe("sends_stopped");
  const settings = { sendWindow: { from: "12:00", until: "18:00" } };
  const open = { hasAutomaticSends: true, settings };
  await inClinic(ctx, (tx) => tx.update(clinics).set(open).where(eq(clinics.id, ctx.clinic.id)));
  const early = await say("at eleven", "reminder");
  await deliverClinic(ctx);
  expect((await readSend(ctx, early)).lastError).toBe("quiet_hours");
});
