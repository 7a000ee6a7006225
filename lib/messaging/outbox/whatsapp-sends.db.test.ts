import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { channels } from "@/db/schema/channels";
import { tasks } from "@/db/schema/front-desk";
import { conversations, outbox } from "@/db/schema/messaging";
import { templates } from "@/db/schema/templates";
import { inClinic, makeChannel } from "@/db/testing/make";
import { listTaskReasons, makeDue, makeThread, readSend } from "@/db/testing/make-outbox";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { startTwilioStub } from "@/stubs/twilio/server";
import { startWhatsappStub } from "@/stubs/whatsapp/server";
import { recordConsentIn } from "@/lib/messaging/consents/consent";
import { deliverClinic } from "./deliver";
import { DELIVERY } from "./items";
import { listOutbox } from "./list";
import { retrySend } from "./retry";
import { recordStatusIn } from "./record-status";
import { replyToConversation } from "@/lib/messaging/inbox/reply";
import { libraryRows } from "@/lib/messaging/templates/seed";
import { sendAutomaticIn } from "@/lib/messaging/templates/send-automatic";

const accessToken = "a-token-of-the-test";
const meta = await startWhatsappStub({ accessToken, appSecret: "none" });
const twilio = await startTwilioStub({ authToken: "test-twilio-auth-token" });
process.env.WHATSAPP_GRAPH_BASE_URL = meta.url;
process.env.WHATSAPP_ACCESS_TOKEN = accessToken;
process.env.TWILIO_API_BASE_URL = twilio.url;
afterAll(() => Promise.all([meta.close(), twilio.close()]));

/** By day in New York. */
const DAY = "2026-03-02T16:00:00Z";
const SOON = { ...DELIVERY, unknownAfterSeconds: 0 };
const tomorrow = new Date("2026-03-03T18:00:00Z");
let numbers = 900_000_000;

const onWhatsapp = () =>
  makeThread({ kind: "whatsapp_cloud", address: String(numbers++), pacePerSecond: 400 }, [{}, DAY]);
type Setting = Awaited<ReturnType<typeof onWhatsapp>>;

/** The patient wrote so many hours ago. */
const wrote = ({ ctx, thread }: Setting, hours: number) =>
  inClinic(ctx, (tx) =>
    tx
      .update(conversations)
      .set({ lastInboundAt: new Date(ctx.now().getTime() - hours * 3_600_000) })
      .where(eq(conversations.id, thread.id)),
  );
const approveLibrary = ({ ctx }: Setting) =>
  inClinic(ctx, (tx) => tx.insert(templates).values(libraryRows(ctx.clinic.id, ["en"], "approved")));
const sentTo = (phone: string) => [...meta.meta.sent.values()].filter((one) => one.to === phone.slice(1));
const textedTo = (phone: string) => twilio.ledger.of("accepted").filter((one) => one.to === phone);
const openTasks = (ctx: ClinicContext) =>
  query(ctx, (tx) => tx.select().from(tasks).where(eq(tasks.clinicId, ctx.clinic.id)));

test("with the window closed a reminder goes out as its template, and free text not at all", async () => {
  const setting = await onWhatsapp();
  const { ctx, phone, thread, say } = setting;
  await approveLibrary(setting);
  const values = { visit_time: "Tuesday 3 March, 1 pm", patient_name: "Ana", service_name: "Cleaning" };
  const remind = { conversationId: thread.id, purpose: "reminder_24h", values, expiresAt: tomorrow } as const;
  const id = await inClinic(ctx, (tx) => sendAutomaticIn(tx, ctx, { ...remind, dedupeKey: "step" }));
  const typed = await say("typed by staff", "staff");
  await deliverClinic(ctx);
  expect(sentTo(phone).map((one) => one.body.type)).toEqual(["template"]);
  const row = await readSend(ctx, id);
  expect(row).toMatchObject({ status: "sent", payload: { template: { name: "reminder_24h", locale: "en" } } });
  expect(row.text).toContain("Hello Ana, this is Test Dental.");
  expect(await readSend(ctx, typed)).toMatchObject({ status: "suppressed", statusReason: "window_closed" });
});

test("what a closed window keeps back, and no template and no other way stands in for, is left to staff", async () => {
  const setting = await onWhatsapp();
  const { ctx, say } = setting;
  await wrote(setting, 1);
  meta.fail({ kind: "error", code: 131047 });
  const id = await say("an answer without a template");
  await deliverClinic(ctx);
  expect(await readSend(ctx, id)).toMatchObject({ status: "suppressed", statusReason: "window_closed" });
  const [task, ...others] = await openTasks(ctx);
  expect([task?.reason, task?.messageId, others]).toEqual(["send_failed", id, []]);
});

test("inside the window the same words go as free text; an answer after it asks to write back", async () => {
  const setting = await onWhatsapp();
  const { ctx, phone, say } = setting;
  await approveLibrary(setting);
  await wrote(setting, 23);
  await say("in time");
  await deliverClinic(ctx);
  await wrote(setting, 25);
  const late = await say("too late");
  await deliverClinic(ctx);
  await makeDue(ctx);
  await deliverClinic(ctx);
  expect(sentTo(phone).map((one) => one.body.type)).toEqual(["text", "template"]);
  expect((await readSend(ctx, late)).text).toContain("Test Dental has an answer to your message");
});

test.each([
  [132015, "paused"],
  [132016, "disabled"],
])(
  "a template that WhatsApp has stopped (%i) is marked %s at once, and the next message has it no more",
  async (code, approval) => {
    const setting = await onWhatsapp();
    const { ctx, thread } = setting;
    await approveLibrary(setting);
    const remind = { conversationId: thread.id, purpose: "reminder_24h", values: {}, expiresAt: tomorrow } as const;
    meta.fail({ kind: "error", code });
    const id = await inClinic(ctx, (tx) => sendAutomaticIn(tx, ctx, { ...remind, dedupeKey: "step" }));
    await deliverClinic(ctx);
    expect(await readSend(ctx, id)).toMatchObject({ status: "failed" });
    const states = await query(ctx, (tx) => tx.select().from(templates).where(eq(templates.purpose, "reminder_24h")));
    expect(states.map((one) => one.approval)).toEqual([approval]);
  },
);

test("when only the vendor knows that the window is closed, the template follows; told afterwards, too", async () => {
  const setting = await onWhatsapp();
  const { ctx, phone, say } = setting;
  await approveLibrary(setting);
  await wrote(setting, 1);
  meta.fail({ kind: "error", code: 131047 });
  const id = await say("refused at once");
  await deliverClinic(ctx);
  expect(sentTo(phone).map((one) => one.body.type)).toEqual(["template"]);
  expect((await readSend(ctx, id)).status).toBe("sent");
  await makeDue(ctx);
  const later = await say("refused afterwards");
  await deliverClinic(ctx);
  const { vendorId } = await readSend(ctx, later);
  const word = { vendor: "whatsapp", vendorId: vendorId ?? "", status: "failed", code: "131047" } as const;
  await inClinic(ctx, (tx) => recordStatusIn(tx, ctx, later, word));
  await makeDue(ctx);
  await deliverClinic(ctx);
  expect(sentTo(phone).map((one) => one.body.type)).toEqual(["template", "text", "template"]);
  expect((await readSend(ctx, later)).supersededAt).not.toBeNull();
});

test("what WhatsApp can't deliver goes by SMS under the same key, and no further than once", async () => {
  const setting = await onWhatsapp();
  const { ctx, phone, say } = setting;
  await makeChannel(ctx);
  await wrote(setting, 1);
  meta.fail({ kind: "error", code: 131026 });
  const id = await say("your visit is moved", "service");
  await deliverClinic(ctx);
  await deliverClinic(ctx);
  expect(textedTo(phone).map((one) => one.text)).toEqual(["your visit is moved"]);
  expect(await readSend(ctx, id)).toMatchObject({ status: "failed", statusReason: "131026" });
  const rows = await query(ctx, (tx) => tx.select().from(outbox).orderBy(outbox.id));
  expect(new Set(rows.map((row) => row.dedupeKey)).size).toBe(1);
  expect(rows.map((row) => row.supersededAt === null)).toEqual([false, true]);
  expect(await listTaskReasons(ctx)).toEqual([]);
});

test("no fallback goes round a stop: the person who ended SMS gets none, and staff are asked", async () => {
  const setting = await onWhatsapp();
  const { ctx, phone, point, say } = setting;
  await makeChannel(ctx);
  await wrote(setting, 1);
  const stop = { contactPointId: point.id, channelKind: "sms", state: "out", how: "keyword", words: "STOP" } as const;
  await inClinic(ctx, (tx) => recordConsentIn(tx, ctx, { ...stop, at: ctx.now() }));
  meta.fail({ kind: "error", code: 131026 });
  await say("your visit is moved", "service");
  await deliverClinic(ctx);
  await deliverClinic(ctx);
  expect(textedTo(phone)).toEqual([]);
  expect(await listTaskReasons(ctx)).toEqual(["send_failed"]);
});

test("a WhatsApp send of which nobody knows is shown to staff, who may send it again; its late status is still heard", async () => {
  const setting = await onWhatsapp();
  const { ctx, phone, say } = setting;
  await wrote(setting, 1);
  meta.fail({ kind: "reset", isAccepted: true });
  const id = await say("did you get this?", "service");
  await deliverClinic(ctx);
  expect(await readSend(ctx, id)).toMatchObject({ status: "unknown", state: "sending" });
  await deliverClinic(ctx);
  expect(await listTaskReasons(ctx)).toEqual([]);
  await makeDue(ctx);
  await deliverClinic(ctx, SOON);
  expect(await readSend(ctx, id)).toMatchObject({ status: "unknown", state: "unknown" });
  expect(await listTaskReasons(ctx)).toEqual(["send_unknown"]);
  await deliverClinic(ctx, SOON);
  expect(sentTo(phone)).toHaveLength(1);
  const { items } = unwrap(await listOutbox(ctx, { status: "unknown", page: 1, limit: 20 }));
  expect(items).toMatchObject([{ messageId: id, text: "did you get this?" }]);
  const again = unwrap(await retrySend(ctx, { id: items[0]?.id ?? "" }));
  expect(await retrySend(ctx, { id: items[0]?.id ?? "" })).toMatchObject({ ok: false, error: "NOT_FOUND" });
  await makeDue(ctx);
  await deliverClinic(ctx);
  expect(sentTo(phone)).toHaveLength(2);
  expect((await readSend(ctx, again.messageId)).status).toBe("sent");
  expect((await openTasks(ctx)).every((task) => task.doneAt !== null)).toBe(true);
});

test("a reminder of which nobody knows goes by the next channel by itself, once", async () => {
  const setting = await onWhatsapp();
  const { ctx, phone, say } = setting;
  await makeChannel(ctx);
  await wrote(setting, 1);
  meta.fail({ kind: "reset", isAccepted: false });
  await say("see you tomorrow", "reminder", { expiresAt: tomorrow });
  await deliverClinic(ctx);
  await makeDue(ctx);
  await deliverClinic(ctx, SOON);
  await deliverClinic(ctx, SOON);
  expect(textedTo(phone).map((one) => one.text)).toEqual(["see you tomorrow"]);
  expect(await listTaskReasons(ctx)).toEqual([]);
});

test("too much to one person rests that pair for six seconds at least, and nobody else", async () => {
  const setting = await onWhatsapp();
  const { ctx, phone, thread, say } = setting;
  await wrote(setting, 1);
  meta.fail({ kind: "error", code: 131056 });
  await say("slow down");
  await deliverClinic(ctx);
  const [row] = await query(ctx, (tx) =>
    tx
      .select({ rest: sql<number>`extract(epoch from ${conversations.nextSendAt} - now())::float8` })
      .from(conversations)
      .where(eq(conversations.id, thread.id)),
  );
  expect(row?.rest).toBeGreaterThan(5);
  const [line] = await query(ctx, (tx) => tx.select().from(channels));
  expect(line?.nextSendAt?.getTime() ?? 0).toBeLessThan(Date.now() + 1000);
  await makeDue(ctx);
  await deliverClinic(ctx);
  expect(sentTo(phone)).toHaveLength(1);
});

test("a vendor's limit of marketing to one person is tried again after 12, 24 and 48 hours", async () => {
  const setting = await onWhatsapp();
  const { ctx, point, say } = setting;
  await wrote(setting, 1);
  const yes = { contactPointId: point.id, channelKind: "whatsapp", state: "in", how: "form", words: "yes" } as const;
  await inClinic(ctx, (tx) => recordConsentIn(tx, ctx, { ...yes, purposes: ["marketing"], at: ctx.now() }));
  const id = await say("come again", "marketing");
  for (const hours of [12, 24, 48]) {
    meta.fail({ kind: "error", code: 131049 });
    await makeDue(ctx);
    await deliverClinic(ctx);
    expect(Math.round((await readSend(ctx, id)).dueIn / 3600)).toBe(hours);
  }
  meta.fail({ kind: "error", code: 131049 });
  await makeDue(ctx);
  await deliverClinic(ctx);
  expect(await readSend(ctx, id)).toMatchObject({ state: "dead", status: "failed", statusReason: "131049" });
});

test("who stopped on WhatsApp and writes again is answered by bot and staff, and nothing proactive follows", async () => {
  const setting = await onWhatsapp();
  const { ctx, phone, point, thread, say } = setting;
  await wrote(setting, 2);
  const stop = {
    contactPointId: point.id,
    channelKind: "whatsapp",
    state: "out",
    how: "keyword",
    words: "STOP",
  } as const;
  const at = new Date(ctx.now().getTime() - 2 * 3_600_000);
  await inClinic(ctx, (tx) => recordConsentIn(tx, ctx, { ...stop, at }));
  const answer = () => replyToConversation(ctx, thread.id, { text: "by staff", isDraft: false });
  expect(await answer()).toMatchObject({ ok: false, error: "OPTED_OUT" });
  await say("to what came before");
  await deliverClinic(ctx);
  expect(sentTo(phone)).toEqual([]);
  await wrote(setting, 1);
  await say("to the new question");
  await say("tomorrow at one", "reminder", { expiresAt: tomorrow });
  await deliverClinic(ctx);
  expect(await answer()).toMatchObject({ ok: true });
  await makeDue(ctx);
  await deliverClinic(ctx);
  const texts = sentTo(phone).map((one) => JSON.stringify(one.body.text));
  expect(texts).toEqual([
    `{"body":"to the new question","preview_url":false}`,
    `{"body":"by staff","preview_url":false}`,
  ]);
});
