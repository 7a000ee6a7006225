import { and, eq } from "drizzle-orm";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";
import { expect, test } from "vitest";
import { POST as inbound } from "@/app/api/webhooks/sms/inbound/route";
import { POST as statusRoute } from "@/app/api/webhooks/sms/status/route";
import { POST as alias } from "@/app/webhooks/sms/inbound/route";
import { newId } from "@/db/ids";
import { conversations, messages, webhookEvents } from "@/db/schema/messaging";
import { consents, contactPoints } from "@/db/schema/patients";
import { inClinic, makeBareClinic, makeChannel, makePhone } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { env } from "@/lib/core/env";
import { query, unscoped } from "@/lib/core/transact";
import { ingestPending } from "./ingest";
import { openThreadIn } from "@/lib/messaging/thread";
import { ensureContactPointIn } from "@/lib/patients/contact-point";
import { sendIn } from "@/lib/messaging/send";

const sid = () => `SM${newId().replaceAll("-", "")}`;
const params = { params: Promise.resolve({}) };

interface Call {
  path?: string;
  token?: string;
  signature?: string | null;
  type?: string;
}

function signed(fields: Record<string, string>, call: Call = {}): Request {
  const { path = "/api/webhooks/sms/inbound", token = env().TWILIO_AUTH_TOKEN ?? "" } = call;
  const form = { AccountSid: env().TWILIO_ACCOUNT_SID, ...fields };
  const signature =
    call.signature === undefined ? getExpectedTwilioSignature(token, `${env().APP_URL}${path}`, form) : call.signature;
  const headers = new Headers({ "content-type": call.type ?? "application/x-www-form-urlencoded" });
  if (signature !== null) headers.set("x-twilio-signature", signature);
  return new Request(`http://internal:1234${path}`, { method: "POST", headers, body: new URLSearchParams(form) });
}

const textFrom = (from: string, to: string, text: string, more: Record<string, string> = {}) => ({
  MessageSid: sid(),
  From: from,
  To: to,
  Body: text,
  NumMedia: "0",
  SmsStatus: "received",
  ...more,
});

async function makeLine() {
  const ctx = await makeBareClinic();
  const channel = await makeChannel(ctx);
  return { ctx, channel, phone: makePhone() };
}

const threadOf = (ctx: ClinicContext) =>
  query(ctx, async (tx) => ({
    said: await tx
      .select()
      .from(messages)
      .where(eq(messages.clinicId, ctx.clinic.id))
      .orderBy(messages.occurredAt, messages.id),
    threads: await tx.select().from(conversations).where(eq(conversations.clinicId, ctx.clinic.id)),
  }));

const storedOf = (vendorId: string) =>
  unscoped((tx) => tx.select().from(webhookEvents).where(eq(webhookEvents.vendorId, vendorId)));

test("a signed message is stored, answered with empty TwiML, and becomes one message of a thread", async () => {
  const { ctx, channel, phone } = await makeLine();
  const answer = await inbound(signed(textFrom(phone, channel.address, "Hi 👋 I need a cleaning")), params);
  expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([
    200,
    "text/xml",
    "<Response/>",
  ]);
  await ingestPending();
  const { said, threads } = await threadOf(ctx);
  expect(said.map(({ text, direction, status }) => [text, direction, status])).toEqual([
    ["Hi 👋 I need a cleaning", "inbound", "received"],
  ]);
  expect(threads[0]).toMatchObject({ holder: "bot", status: "open", unreadCount: 1, channelId: channel.id });
  const wait = (threads[0]?.turnDueAt?.getTime() ?? 0) - (said[0]?.createdAt.getTime() ?? 0);
  expect(wait).toBeGreaterThan(1_900);
  expect(wait).toBeLessThan(2_100);
});

test("a delivery that comes twice, at once or later, changes nothing", async () => {
  const { ctx, channel, phone } = await makeLine();
  const fields = textFrom(phone, channel.address, "hello");
  await Promise.all(Array.from({ length: 5 }, () => inbound(signed(fields), params)));
  await Promise.all([ingestPending(), ingestPending(), ingestPending()]);
  expect((await inbound(signed(fields), params)).status).toBe(200);
  await ingestPending();
  const { said, threads } = await threadOf(ctx);
  expect([said.length, threads.length, threads[0]?.unreadCount]).toEqual([1, 1, 1]);
});

test.each<[string, Call]>([
  ["without a signature", { signature: null }],
  ["with another token", { token: "another-token" }],
  ["signed for another path", { signature: "" }],
  ["as JSON", { type: "application/json" }],
])("a delivery %s is 403 and leaves nothing", async (_, call) => {
  const { channel, phone } = await makeLine();
  const fields = textFrom(phone, channel.address, "hello");
  const answer = await inbound(signed(fields, call), params);
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ ok: false, error: "SIGNATURE_INVALID" });
  expect(await storedOf(fields.MessageSid)).toEqual([]);
});

test("another account's delivery and one whose text was changed on the way are 403", async () => {
  const { channel, phone } = await makeLine();
  const fields = textFrom(phone, channel.address, "hello");
  const foreign = await inbound(signed({ ...fields, AccountSid: `AC${"9".repeat(32)}` }), params);
  const signature = getExpectedTwilioSignature(
    "test-twilio-auth-token",
    `${env().APP_URL}/api/webhooks/sms/inbound`,
    fields,
  );
  const changed = await inbound(signed({ ...fields, Body: "STOP" }, { signature }), params);
  expect([foreign.status, changed.status]).toEqual([403, 403]);
  expect(await storedOf(fields.MessageSid)).toEqual([]);
});

test("an alias checks the address that was called", async () => {
  const { ctx, channel, phone } = await makeLine();
  const fields = textFrom(phone, channel.address, "by the old address");
  expect((await alias(signed(fields, { path: "/webhooks/sms/inbound" }), params)).status).toBe(200);
  await ingestPending();
  expect((await threadOf(ctx)).said).toHaveLength(1);
});

test.each([
  ["empty text", { Body: "" }, ""],
  ["null bytes", { Body: "a\u0000b" }, "ab"],
  ["a huge text", { Body: "x".repeat(60_000) }, "x".repeat(60_000)],
  ["a broken emoji", { Body: "\ud83d" }, "\ufffd"],
])("%s is kept and answered 200", async (_, more, text) => {
  const { ctx, channel, phone } = await makeLine();
  expect((await inbound(signed(textFrom(phone, channel.address, "", more)), params)).status).toBe(200);
  await ingestPending();
  expect((await threadOf(ctx)).said.map((one) => one.text)).toEqual([text]);
});

test("photos without text are messages with media", async () => {
  const { ctx, channel, phone } = await makeLine();
  const photo = { NumMedia: "1", MediaUrl0: "https://media.example.test/1", MediaContentType0: "image/jpeg" };
  const eight = Array.from({ length: 8 }, () => inbound(signed(textFrom(phone, channel.address, "", photo)), params));
  await Promise.all(eight);
  await Promise.all([ingestPending(), ingestPending()]);
  const { said, threads } = await threadOf(ctx);
  expect([said.length, threads.length]).toEqual([8, 1]);
  expect(said[0]?.media).toEqual([{ url: "https://media.example.test/1", contentType: "image/jpeg" }]);
});

test("a body of 5 MB is 413, read or not", async () => {
  const { channel, phone } = await makeLine();
  const answer = await inbound(signed(textFrom(phone, channel.address, "x".repeat(5_000_000))), params);
  expect(answer.status).toBe(413);
});

test("a number that no clinic has is kept unrouted, and what has no message id is kept too", async () => {
  const fields = textFrom(makePhone(), "+15550190000", "anyone?");
  expect((await inbound(signed(fields), params)).status).toBe(200);
  expect((await inbound(signed({ Nonsense: newId() }), params)).status).toBe(200);
  const report = await ingestPending();
  expect(report.unrouted).toBe(2);
  expect((await storedOf(fields.MessageSid))[0]?.state).toBe("unrouted");
});

test("the carrier's own handling of a stop is told with the message, and a keyword doesn't wait", async () => {
  const { ctx, channel, phone } = await makeLine();
  await inbound(signed(textFrom(phone, channel.address, "STOP", { OptOutType: "STOP" })), params);
  await ingestPending();
  const { said, threads } = await threadOf(ctx);
  expect(said[0]?.vendorFlags).toEqual({ optOutType: "STOP" });
  expect(threads[0]?.turnDueAt?.getTime()).toBeLessThanOrEqual(said[0]?.createdAt.getTime() ?? 0);
});

test("a closed thread goes on with the bot when the person writes again", async () => {
  const { ctx, channel, phone } = await makeLine();
  await inbound(signed(textFrom(phone, channel.address, "one")), params);
  await ingestPending();
  await inClinic(ctx, (tx) => tx.update(conversations).set({ status: "closed", holder: "staff" }));
  await inbound(signed(textFrom(phone, channel.address, "two")), params);
  await ingestPending();
  const { said, threads } = await threadOf(ctx);
  expect([said.length, threads.length]).toEqual([2, 1]);
  expect(threads[0]).toMatchObject({ status: "open", holder: "bot" });
});

async function makeSent() {
  const { ctx, channel, phone } = await makeLine();
  const sent = await inClinic(ctx, async (tx) => {
    const point = await ensureContactPointIn(tx, ctx, { kind: "phone", value: phone });
    const thread = await openThreadIn(tx, ctx, { id: channel.id, reopensThreads: true }, point.id);
    const input = { conversationId: thread.id, text: "Booked.", sendClass: "reply", senderType: "bot" } as const;
    return sendIn(tx, ctx, { ...input, dedupeKey: newId() });
  });
  const vendorId = sid();
  await inClinic(ctx, (tx) => tx.update(messages).set({ vendor: "twilio", vendorId, status: "sent" }));
  const tell = async (word: string, more: Record<string, string> = {}) => {
    const fields = { MessageSid: vendorId, MessageStatus: word, From: channel.address, To: phone, ...more };
    const path = "/api/webhooks/sms/status";
    expect((await statusRoute(signed(fields, { path }), params)).status).toBe(200);
    await ingestPending();
    const [row] = await query(ctx, (tx) => tx.select().from(messages).where(eq(messages.id, sent)));
    return row?.status;
  };
  return { ctx, tell };
}

test("statuses move a message forward only, in whatever order they come", async () => {
  const { tell } = await makeSent();
  expect(await tell("read")).toBe("read");
  for (const late of ["sent", "delivered", "failed", "queued", "a new word"]) expect(await tell(late)).toBe("read");
});

test("a carrier's opt-out becomes consent, a dead number is marked", async () => {
  const { ctx, tell } = await makeSent();
  expect(await tell("undelivered", { ErrorCode: "30005" })).toBe("failed");
  const [point] = await query(ctx, (tx) => tx.select().from(contactPoints));
  expect(point?.unreachableReason).toBe("30005");

  const blocked = await makeSent();
  expect(await blocked.tell("failed", { ErrorCode: "21610" })).toBe("failed");
  const out = and(eq(consents.state, "out"), eq(consents.purpose, "service"), eq(consents.how, "carrier"));
  expect(await query(blocked.ctx, (tx) => tx.select().from(consents).where(out))).toHaveLength(1);
});

test("an event that breaks the code is set aside after five tries, its neighbours go on", async () => {
  const { ctx, channel, phone } = await makeLine();
  const vendorId = newId();
  const vendor = "a vendor of tomorrow" as "twilio"; // the column takes any text
  const poison = { vendor, account: "x", vendorId, event: "message", body: {} };
  await unscoped((tx) => tx.insert(webhookEvents).values(poison));
  await inbound(signed(textFrom(phone, channel.address, "fine")), params);
  const report = await ingestPending();
  expect((await threadOf(ctx)).said.map((one) => one.text)).toEqual(["fine"]);
  expect(report.failed).toBe(1);
  for (let again = 2; again <= 5; again++) await ingestPending();
  expect((await storedOf(vendorId))[0]).toMatchObject({ state: "quarantined", attempts: 5, problem: "TypeError" });
  expect((await ingestPending()).failed).toBe(0);
});
