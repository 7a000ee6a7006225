import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { POST } from "@/app/api/webhooks/whatsapp/twilio/route";
import { newId } from "@/db/ids";
import { conversations, messages, outbox, webhookEvents } from "@/db/schema/messaging";
import { inClinic, makeBareClinic, makeChannel, makePhone } from "@/db/testing/make";
import { env } from "@/lib/core/env";
import { query, unscoped } from "@/lib/core/transact";
import { saveCredentialsIn } from "@/lib/messaging/credentials";
import { ingestPending } from "@/lib/messaging/ingest/ingest";
import { sendIn } from "@/lib/messaging/send";
import { signatureOf } from "@/stubs/twilio/signature";

const PATH = "/api/webhooks/whatsapp/twilio";
const sid = () => `SM${newId().replaceAll("-", "")}`;

async function post(fields: Record<string, string>, token: string, query = ""): Promise<number> {
  const signature = signatureOf(token, `${env().APP_URL}${PATH}${query}`, fields);
  const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature };
  const body = new URLSearchParams(fields);
  const request = new Request(`http://internal:1234${PATH}${query}`, { method: "POST", headers, body });
  return (await POST(request, { params: Promise.resolve({}) })).status;
}

/** A clinic with WhatsApp at Twilio, by an account and a token of its own. */
async function makeLine() {
  const ctx = await makeBareClinic();
  const account = `AC${newId().replaceAll("-", "")}`;
  const channel = await makeChannel(ctx, { kind: "twilio_whatsapp", account });
  await inClinic(ctx, (tx) => saveCredentialsIn(tx, ctx, channel.id, { auth_token: "their own token" }));
  const from = `whatsapp:${makePhone()}`;
  const fields = {
    AccountSid: account,
    From: from,
    To: `whatsapp:${channel.address}`,
    Body: "hola",
    SmsStatus: "received",
  };
  return { ctx, account, channel, from, message: () => ({ ...fields, MessageSid: sid(), ProfileName: "Iker" }) };
}

test("a clinic's own account is believed by its own token, and by no other", async () => {
  const { ctx, account, message } = await makeLine();
  expect(await post(message(), env().TWILIO_AUTH_TOKEN ?? "")).toBe(403);
  expect(await post({ ...message(), AccountSid: env().TWILIO_ACCOUNT_SID }, "their own token")).toBe(403);
  expect(await post({ ...message(), AccountSid: `AC${"9".repeat(32)}` }, "their own token")).toBe(403);
  const raw = (await unscoped((tx) => tx.select().from(webhookEvents))).filter((event) => event.account === account);
  expect(raw).toEqual([]);
  expect(await post(message(), "their own token")).toBe(200);
  await ingestPending();
  const said = await query(ctx, (tx) => tx.select().from(messages));
  expect(said).toMatchObject([{ text: "hola", kind: "text", vendor: "twilio", vendorFlags: { profileName: "Iker" } }]);
});

test("what became of our message is told by the same token, and found by our own id", async () => {
  const { ctx, account, channel, from, message } = await makeLine();
  await post(message(), "their own token");
  await ingestPending();
  const [thread] = await query(ctx, (tx) => tx.select().from(conversations));
  const text = { text: "See you", sendClass: "reply", senderType: "bot", dedupeKey: newId() } as const;
  const id = await inClinic(ctx, (tx) => sendIn(tx, ctx, { conversationId: thread?.id ?? "", ...text }));
  const [queued] = await query(ctx, (tx) => tx.select().from(outbox).where(eq(outbox.messageId, id)));
  const told = { AccountSid: account, MessageSid: sid(), From: `whatsapp:${channel.address}`, To: from };
  for (const status of ["read", "delivered", "sent"])
    expect(await post({ ...told, MessageStatus: status }, "their own token", `?outbox=${queued?.id}`)).toBe(200);
  await ingestPending();
  const [sent] = await query(ctx, (tx) => tx.select().from(messages).where(eq(messages.id, id)));
  expect(sent).toMatchObject({ status: "read", vendorId: told.MessageSid });
});
