import { and, eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { POST as statusRoute } from "@/app/api/webhooks/sms/status/route";
import { conversations } from "@/db/schema/messaging";
import { consents } from "@/db/schema/patients";
import { inClinic } from "@/db/testing/make";
import { makeDue, makeThread, readSend } from "@/db/testing/make-outbox";
import { query } from "@/lib/core/transact";
import { startTwilioStub } from "@/stubs/twilio/server";
import { channelOf } from "@/lib/messaging/channels/registry";
import { isOptedOutIn, recordConsentIn } from "@/lib/messaging/consents/consent";
import { deliverClinic } from "./deliver";
import { ingestPending } from "@/lib/messaging/ingest/ingest";
import { claimDue } from "./claim";
import { DELIVERY, outboundOf } from "./items";
import { storeOutcome } from "./store";
import { sendIn } from "@/lib/messaging/send";

const stub = await startTwilioStub({
  authToken: "test-twilio-auth-token",
  post: async (url, form, signature) => {
    const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature };
    const request = new Request(url, { method: "POST", headers, body: new URLSearchParams(form) });
    return (await statusRoute(request, { params: Promise.resolve({}) })).status;
  },
});
process.env.TWILIO_API_BASE_URL = stub.url;
afterAll(() => stub.close());

/** Asks at once what in life is asked two minutes later. */
const AT_ONCE = { ...DELIVERY, reconcileAfterSeconds: 0 };
const DEAD_ON_ARRIVAL = { ...AT_ONCE, leaseSeconds: 0 };

const acceptedTo = (phone: string) => stub.ledger.of("accepted").filter((entry) => entry.to === phone);
test("a message is sent once, and its statuses find it by our id in the callback", async () => {
  const { ctx, phone, say } = await makeThread();
  const id = await say("You are booked 🦷");
  expect(await deliverClinic(ctx)).toMatchObject({ sent: 1, notSent: 0 });
  expect(await deliverClinic(ctx)).toMatchObject({ sent: 0, notSent: 0 });
  const row = await readSend(ctx, id);
  const [accepted, ...more] = acceptedTo(phone);
  expect(more).toEqual([]);
  expect(accepted).toMatchObject({ outboxId: row.outboxId, text: "You are booked 🦷", sid: row.vendorId });
  expect(row).toMatchObject({ status: "sent", state: "done", vendor: "twilio" });
  await stub.carrier.tellStatus(row.vendorId ?? "", "delivered");
  await ingestPending();
  expect((await readSend(ctx, id)).status).toBe("delivered");
});

test("the same dedupe key is the same message", async () => {
  const { ctx, phone, thread } = await makeThread();
  const input = {
    conversationId: thread.id,
    text: "once",
    sendClass: "reply",
    senderType: "bot",
    dedupeKey: "k",
  } as const;
  const ids = await Promise.all([1, 2, 3].map(() => inClinic(ctx, (tx) => sendIn(tx, ctx, input))));
  expect(new Set(ids).size).toBe(1);
  await deliverClinic(ctx);
  expect(acceptedTo(phone)).toHaveLength(1);
});

test("four workers at once send each message once, and those of a thread in their order", async () => {
  const { ctx, phone, say } = await makeThread();
  const texts = Array.from({ length: 12 }, (_, i) => `part ${i}`);
  for (const text of texts) await say(text);
  await Promise.all(Array.from({ length: 4 }, () => deliverClinic(ctx)));
  await deliverClinic(ctx);
  expect(acceptedTo(phone).map((entry) => entry.text)).toEqual(texts);
});

test("too many requests: waits as long as asked, and everything else of the number waits too", async () => {
  const { ctx, phone, say } = await makeThread();
  stub.fail({ kind: "too_many", retryAfter: 40 });
  const first = await say("one");
  const second = await say("two");
  await deliverClinic(ctx);
  expect(await readSend(ctx, first)).toMatchObject({ state: "due", attempts: 1, status: "sending" });
  expect((await readSend(ctx, first)).dueIn).toBeGreaterThan(38);
  await say("three, at once");
  expect(await deliverClinic(ctx)).toMatchObject({ sent: 0, notSent: 0 });
  expect(await readSend(ctx, second)).toMatchObject({ state: "due", attempts: 0 });
  expect(acceptedTo(phone)).toEqual([]);
  await makeDue(ctx);
  await deliverClinic(ctx);
  expect(acceptedTo(phone).map((entry) => entry.text)).toEqual(["one", "two", "three, at once"]);
});

test("a server error is tried again, eight times at most", async () => {
  const { ctx, say } = await makeThread();
  const id = await say("never");
  for (let attempt = 1; attempt <= 8; attempt++) {
    stub.fail({ kind: "server_error" });
    await makeDue(ctx);
    await deliverClinic(ctx);
  }
  expect(await readSend(ctx, id)).toMatchObject({
    state: "dead",
    status: "failed",
    statusReason: "20500",
    attempts: 8,
  });
});

test("an answer that was lost is never sent again blindly: the carrier's list settles it", async () => {
  for (const isAccepted of [true, false]) {
    const { ctx, phone, say } = await makeThread();
    await say("same words"); // goes through: its record in the list must not pass for the lost one
    await deliverClinic(ctx);
    stub.fail({ kind: "reset", isAccepted });
    const id = await say("same words");
    await deliverClinic(ctx);
    expect((await readSend(ctx, id)).status).toBe("unknown");
    expect(await deliverClinic(ctx)).toMatchObject({ reconciled: 0, sent: 0 });
    await makeDue(ctx);
    expect((await deliverClinic(ctx, AT_ONCE)).reconciled).toBe(1);
    expect(await readSend(ctx, id)).toMatchObject({ status: "sent", state: "done" });
    expect(acceptedTo(phone)).toHaveLength(2);
  }
});

test("absence is asked for only after its time", async () => {
  const { ctx, say } = await makeThread();
  const id = await say("early");
  await claimDue(ctx, DEAD_ON_ARRIVAL);
  expect((await deliverClinic(ctx)).sent).toBe(0);
  expect(await readSend(ctx, id)).toMatchObject({ state: "sending", status: "unknown" });
});

test("a worker that died after the carrier took the message has sent it", async () => {
  const { ctx, phone, say } = await makeThread();
  const id = await say("took it and died");
  const { claimed } = await claimDue(ctx, DEAD_ON_ARRIVAL);
  for (const item of claimed) await channelOf(item.channelKind).send(outboundOf(item));
  await deliverClinic(ctx, AT_ONCE);
  expect(acceptedTo(phone)).toHaveLength(1);
  expect((await readSend(ctx, id)).status).toBe("sent");
});

test("a worker whose lease has passed on writes nothing", async () => {
  const { ctx, phone, say } = await makeThread();
  const id = await say("fenced");
  const { claimed } = await claimDue(ctx, DEAD_ON_ARRIVAL);
  const [zombie] = claimed;
  if (!zombie) throw new Error("nothing was claimed");
  await deliverClinic(ctx, AT_ONCE);
  expect(acceptedTo(phone)).toHaveLength(1);
  const before = await readSend(ctx, id);
  const late = await storeOutcome(
    ctx,
    zombie,
    { outcome: "refused", reason: "invalid_number", code: "21211" },
    DELIVERY,
  );
  expect(late).toEqual({ ok: false, error: "CONFLICT", details: { what: "lease" } });
  expect(await readSend(ctx, id)).toMatchObject({ status: "sent", vendorId: before.vendorId });
});

test("a status that comes before our own answer is stored is kept", async () => {
  const { ctx, say } = await makeThread();
  const id = await say("fast carrier");
  const [item] = (await claimDue(ctx, DELIVERY)).claimed;
  if (!item) throw new Error("nothing was claimed");
  const outcome = await channelOf(item.channelKind).send(outboundOf(item));
  if (outcome.outcome !== "sent") throw new Error("not sent");
  await stub.carrier.tellStatus(outcome.vendorId, "delivered");
  await ingestPending();
  await storeOutcome(ctx, item, outcome, DELIVERY);
  expect(await readSend(ctx, id)).toMatchObject({ status: "delivered", state: "done", vendorId: outcome.vendorId });
});

test("a refusal for good is not tried again, and a carrier's opt-out becomes consent", async () => {
  const { ctx, point, say } = await makeThread();
  stub.fail({ kind: "error", code: 21610 });
  const id = await say("not wanted");
  const next = await say("nor this");
  await deliverClinic(ctx);
  expect(await readSend(ctx, id)).toMatchObject({
    state: "dead",
    status: "failed",
    statusReason: "21610",
    attempts: 1,
  });
  expect(await readSend(ctx, next)).toMatchObject({ status: "suppressed", statusReason: "opted_out", attempts: 0 });
  expect(await query(ctx, (tx) => isOptedOutIn(tx, ctx, point.id, "sms"))).toBe(true);
});

test("a stop takes back what waits and stops what comes, all but its one confirmation; a start lets through again", async () => {
  const { ctx, phone, point, say } = await makeThread();
  const waiting = await say("a reply that waits");
  const consent = (state: "in" | "out") =>
    inClinic(ctx, (tx) =>
      recordConsentIn(tx, ctx, {
        ...{ contactPointId: point.id, channelKind: "sms", how: "keyword", words: "STOP", at: ctx.now() },
        state,
      }),
    );
  await consent("out");
  expect((await readSend(ctx, waiting)).status).toBe("suppressed");
  const later = await say("and another", "staff");
  await say("You won't get more texts.", "optout_confirmation");
  await deliverClinic(ctx);
  expect((await readSend(ctx, later)).statusReason).toBe("opted_out");
  expect(acceptedTo(phone).map((entry) => entry.text)).toEqual(["You won't get more texts."]);
  const marketing = and(eq(consents.purpose, "marketing"), eq(consents.state, "out"));
  const ended = await query(ctx, (tx) => tx.select().from(consents).where(marketing));
  expect(ended.map((row) => row.channelKind).sort()).toEqual(["sms", "whatsapp"]);
  await consent("in");
  await say("Welcome back.");
  await deliverClinic(ctx);
  expect(acceptedTo(phone)).toHaveLength(2);
});

test("while staff hold the conversation the bot's reply is kept back at the moment of sending", async () => {
  const { ctx, phone, say } = await makeThread();
  const id = await say("from the bot");
  await inClinic(ctx, (tx) => tx.update(conversations).set({ holder: "staff" }));
  await deliverClinic(ctx);
  expect(await readSend(ctx, id)).toMatchObject({ status: "suppressed", statusReason: "staff_hold" });
  expect(acceptedTo(phone)).toEqual([]);
});

test("with the carrier away nothing is lost: the connection never stood, so it is tried again", async () => {
  const { ctx, phone, say } = await makeThread();
  const id = await say("patience");
  const { port } = new URL(stub.url);
  await stub.close();
  await deliverClinic(ctx);
  expect(await readSend(ctx, id)).toMatchObject({ state: "due", attempts: 1 });
  const again = await startTwilioStub({ authToken: "test-twilio-auth-token", port: Number(port) });
  await makeDue(ctx);
  await deliverClinic(ctx);
  expect(again.ledger.of("accepted").map((entry) => entry.to)).toEqual([phone]);
  await again.close();
});
