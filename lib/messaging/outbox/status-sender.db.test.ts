import { randomInt } from "node:crypto";
import { eq } from "drizzle-orm";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";
import { expect, test } from "vitest";
import { POST as smsStatus } from "@/app/api/webhooks/sms/status/route";
import { POST as cloud } from "@/app/api/webhooks/whatsapp/cloud/route";
import { newId } from "@/db/ids";
import { channels } from "@/db/schema/channels";
import { messages, outbox, webhookEvents } from "@/db/schema/messaging";
import { inClinic, makeBareClinic, makeChannel, makePhone } from "@/db/testing/make";
import { env } from "@/lib/core/env";
import { query, unscoped } from "@/lib/core/transact";
import { ensureContactPointIn } from "@/lib/patients/contact-point";
import { signatureOf } from "@/stubs/whatsapp/signature";
import { saveCredentialsIn } from "@/lib/messaging/credentials";
import { ingestPending } from "@/lib/messaging/ingest/ingest";
import { sendIn } from "@/lib/messaging/send";
import { openThreadIn } from "@/lib/messaging/thread";

const params = { params: Promise.resolve({}) };

/** A clinic with one channel and one message that its vendor took. */
async function makeSent(kind: "twilio_sms" | "whatsapp_cloud") {
  const ctx = await makeBareClinic();
  const channel = await makeChannel(ctx, kind === "twilio_sms" ? {} : { kind, address: String(randomInt(1e14)) });
  const vendorId = kind === "twilio_sms" ? `SM${newId().replaceAll("-", "")}` : `wamid.${newId()}`;
  const messageId = await inClinic(ctx, async (tx) => {
    const point = await ensureContactPointIn(tx, ctx, { kind: "phone", value: makePhone() });
    const thread = await openThreadIn(tx, ctx, { id: channel.id, reopensThreads: true }, point.id);
    const sent = { conversationId: thread.id, text: "See you", sendClass: "reply", senderType: "bot" } as const;
    const id = await sendIn(tx, ctx, { ...sent, dedupeKey: newId() });
    const vendor = kind === "twilio_sms" ? "twilio" : "whatsapp";
    await tx.update(messages).set({ vendor, vendorId, status: "sent" }).where(eq(messages.id, id));
    return id;
  });
  const [row] = await query(ctx, (tx) => tx.select().from(outbox).where(eq(outbox.messageId, messageId)));
  const statusOf = async () =>
    (await query(ctx, (tx) => tx.select().from(messages).where(eq(messages.id, messageId))))[0]?.status;
  return { ctx, channel, vendorId, outboxId: row?.id ?? "", statusOf };
}

async function tellTwilio(fields: Record<string, string>, token = env().TWILIO_AUTH_TOKEN ?? "") {
  const path = `/api/webhooks/sms/status${fields.outbox ? `?outbox=${fields.outbox}` : ""}`;
  const { outbox: _outbox, ...told } = fields;
  const form = { AccountSid: env().TWILIO_ACCOUNT_SID, ...told };
  const signature = getExpectedTwilioSignature(token, `${env().APP_URL}${path}`, form);
  const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature };
  const request = new Request(`http://x${path}`, { method: "POST", headers, body: new URLSearchParams(form) });
  const { status } = await smsStatus(request, params);
  await ingestPending();
  return status;
}

async function tellMeta(number: string, told: object, secret = env().WHATSAPP_APP_SECRET ?? "") {
  const value = {
    metadata: { phone_number_id: number },
    statuses: [{ status: "read", timestamp: "1750000000", ...told }],
  };
  const entry = [{ id: "1", changes: [{ field: "messages", value }] }];
  const body = JSON.stringify({ object: "whatsapp_business_account", entry });
  const headers = { "content-type": "application/json", "x-hub-signature-256": signatureOf(secret, body) };
  const { status } = await cloud(new Request("http://x/hook", { method: "POST", headers, body }), params);
  await ingestPending();
  return status;
}

const strayOf = async (vendorId: string) =>
  (await unscoped((tx) => tx.select().from(webhookEvents).where(eq(webhookEvents.vendorId, vendorId)))).map(
    ({ state, problem }) => [state, problem],
  );

test("a carrier's word on a message is taken from the number alone that sent it, by whatever id it names it", async () => {
  const [ours, theirs] = [await makeSent("twilio_sms"), await makeSent("twilio_sms")];
  const word = { MessageSid: ours.vendorId, MessageStatus: "delivered", To: "+12025550111" };
  expect(await tellTwilio({ ...word, From: theirs.channel.address })).toBe(200);
  expect(await tellTwilio({ ...word, MessageSid: newId(), From: theirs.channel.address, outbox: ours.outboxId })).toBe(
    200,
  );
  expect([await ours.statusOf(), await strayOf(ours.vendorId)]).toEqual(["sent", [["quarantined", "another_sender"]]]);
  await tellTwilio({ ...word, MessageStatus: "read", From: ours.channel.address });
  expect(await ours.statusOf()).toBe("read");
});

test("who has a key for one number can't speak for another, however the form is written", async () => {
  const [ours, theirs] = [await makeSent("twilio_sms"), await makeSent("twilio_sms")];
  const [account, token] = [`AC${newId().replaceAll("-", "")}`, "a token of their own account"];
  await inClinic(theirs.ctx, async (tx) => {
    await tx.update(channels).set({ account }).where(eq(channels.id, theirs.channel.id));
    await saveCredentialsIn(tx, theirs.ctx, theirs.channel.id, { auth_token: token });
  });
  const forged = {
    AccountSid: account,
    MessageSid: ours.vendorId,
    From: ours.channel.address,
    To: theirs.channel.address,
  };
  expect(await tellTwilio({ ...forged, MessageStatus: "delivered" }, token)).toBe(403);
  expect(await tellTwilio({ ...forged, SmsStatus: "delivered" }, token)).toBe(403);
  expect(await ours.statusOf()).toBe("sent");
});

test("a status under another clinic's own WhatsApp number changes nothing, and is counted", async () => {
  const [ours, theirs] = [await makeSent("whatsapp_cloud"), await makeSent("whatsapp_cloud")];
  const secret = "an app secret of their own";
  await inClinic(theirs.ctx, (tx) => saveCredentialsIn(tx, theirs.ctx, theirs.channel.id, { app_secret: secret }));
  expect(await tellMeta(theirs.channel.address, { id: ours.vendorId }, secret)).toBe(200);
  const byOutbox = { id: `wamid.${newId()}`, biz_opaque_callback_data: ours.outboxId };
  expect(await tellMeta(theirs.channel.address, byOutbox, secret)).toBe(200);
  expect([await ours.statusOf(), await strayOf(byOutbox.id)]).toEqual(["sent", [["quarantined", "another_sender"]]]);
  await tellMeta(ours.channel.address, { id: ours.vendorId });
  expect(await ours.statusOf()).toBe("read");
});
