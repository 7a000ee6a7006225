import { createHmac, randomInt } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { GET, POST } from "@/app/api/webhooks/whatsapp/cloud/route";
import type { Tx } from "@/db/client";
import { newId } from "@/db/ids";
import { conversations, messages, outbox, webhookEvents } from "@/db/schema/messaging";
import { consents, patients } from "@/db/schema/patients";
import { inClinic, makeBareClinic, makeChannel, makePhone } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { env } from "@/lib/core/env";
import { query, unscoped } from "@/lib/core/transact";
import { saveCredentialsIn } from "@/lib/messaging/credentials";
import { ingestPending } from "@/lib/messaging/ingest/ingest";
import { sendIn } from "@/lib/messaging/send";
import { openThreadIn } from "@/lib/messaging/thread";
import { ensureContactPointIn } from "@/lib/patients/contact-point";
import { listPatientsAtIn } from "@/lib/patients/list-by-contact-point";
import { MOST_BYTES } from "./receive";

const params = { params: Promise.resolve({}) };
const ADDRESS = "http://internal:1234/api/webhooks/whatsapp/cloud";
const wamid = () => `wamid.${newId()}`;
const seconds = () => Math.floor(Date.now() / 1000);

async function makeLine() {
  const ctx = await makeBareClinic();
  const channel = await makeChannel(ctx, { kind: "whatsapp_cloud", address: String(randomInt(1e14)) });
  return { ctx, channel, number: channel.address, phone: makePhone().slice(1) };
}

const changeOf = (number: string, more: Record<string, unknown>, field = "messages") => ({
  field,
  value: { messaging_product: "whatsapp", metadata: { phone_number_id: number }, ...more },
});
const bodyOf = (...changes: unknown[]) =>
  JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: "waba", changes }] });
const textOf = (from: string, text: string, more: Record<string, unknown> = {}) => ({
  ...{ id: wamid(), from, timestamp: seconds(), type: "text", text: { body: text } },
  ...more,
});

async function post(body: string, secret = env().WHATSAPP_APP_SECRET ?? "", query = ""): Promise<number> {
  const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  const headers = { "content-type": "application/json", ...(secret ? { "x-hub-signature-256": signature } : {}) };
  return (await POST(new Request(`${ADDRESS}${query}`, { method: "POST", headers, body }), params)).status;
}

/** Rows of nobody yet; with a clinic, those that it has taken in. */
const rawOf = (number: string, ctx?: ClinicContext) => {
  const read = (tx: Tx) => tx.select().from(webhookEvents).where(eq(webhookEvents.account, number));
  return ctx ? query(ctx, read) : unscoped(read);
};
const saidIn = (ctx: ClinicContext) =>
  query(ctx, (tx) => tx.select().from(messages).where(eq(messages.clinicId, ctx.clinic.id)).orderBy(messages.id));
const threadsOf = (ctx: ClinicContext) => query(ctx, (tx) => tx.select().from(conversations));
const peopleAt = (ctx: ClinicContext, kind: "phone" | "whatsapp_user", value: string) =>
  inClinic(ctx, async (tx) => listPatientsAtIn(tx, ctx, (await ensureContactPointIn(tx, ctx, { kind, value })).id));

test("of fifty in one body, with one bad, forty-nine are kept once each, whatever is repeated and how", async () => {
  const { ctx, number, phone } = await makeLine();
  const batch = Array.from({ length: 50 }, (_, at) => (at === 17 ? "not an object" : textOf(phone, `photo ${at}`)));
  const body = bodyOf(changeOf(number, { messages: batch }));
  expect(await Promise.all(Array.from({ length: 5 }, () => post(body)))).toEqual([200, 200, 200, 200, 200]);
  await Promise.all([ingestPending(), ingestPending()]);
  expect(await post(body)).toBe(200);
  await ingestPending();
  const kept = await rawOf(number, ctx);
  expect(kept.filter(({ state }) => state === "done")).toHaveLength(49);
  expect(kept.filter(({ state }) => state !== "done")).toMatchObject([{ event: "unread", state: "quarantined" }]);
  const said = await saidIn(ctx);
  expect(said.map(({ text }) => text)).toEqual(batch.flatMap((_, at) => (at === 17 ? [] : [`photo ${at}`])));
  expect(await threadsOf(ctx)).toHaveLength(1);
});

test("eight photos of somebody new, all at once, are one person with one thread, in the order of the vendor's clock", async () => {
  const { ctx, number, phone } = await makeLine();
  const contacts = [{ wa_id: phone, profile: { name: "Nour" } }];
  const at = seconds();
  const photos = Array.from({ length: 8 }, (_, index) => ({
    ...{ id: wamid(), from: phone, timestamp: index < 4 ? at - 1 : at, type: "image" },
    image: { id: String(index), mime_type: "image/jpeg" },
  }));
  await Promise.all(photos.map((one) => post(bodyOf(changeOf(number, { contacts, messages: [one] })))));
  await Promise.all([ingestPending(), ingestPending(), ingestPending()]);
  const said = await saidIn(ctx);
  expect(new Set(said.map(({ vendorId }) => vendorId))).toEqual(new Set(photos.map(({ id }) => id)));
  expect(await threadsOf(ctx)).toMatchObject([{ unreadCount: 8 }]);
  expect(await query(ctx, (tx) => tx.select().from(patients))).toMatchObject([{ name: "Nour" }]);
  const shown = said.toSorted((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || (a.id < b.id ? -1 : 1));
  const firstFour = new Set(photos.slice(0, 4).map(({ id }) => id));
  expect(shown.slice(0, 4).every(({ vendorId }) => firstFour.has(vendorId ?? ""))).toBe(true);
});

test("what is unsigned, signed with another secret, or too large leaves nothing behind", async () => {
  const { number, phone } = await makeLine();
  const body = bodyOf(changeOf(number, { messages: [textOf(phone, "hello")] }));
  expect([await post(body, ""), await post(body, "another secret")]).toEqual([403, 403]);
  expect(await post(`${body}${" ".repeat(MOST_BYTES)}`)).toBe(413);
  expect(await rawOf(number)).toEqual([]);
});

test("a clinic with an app of its own is spoken for by that app alone, and speaks for nobody else", async () => {
  const [own, other] = [await makeLine(), await makeLine()];
  await inClinic(own.ctx, (tx) =>
    saveCredentialsIn(tx, own.ctx, own.channel.id, { app_secret: "their own secret", verify_token: "their own token" }),
  );
  const mine = changeOf(own.number, { messages: [textOf(own.phone, "hello")] });
  const theirs = changeOf(other.number, { messages: [textOf(own.phone, "hello")] });
  expect(await post(bodyOf(mine))).toBe(403);
  expect(await post(bodyOf(theirs), "their own secret")).toBe(403);
  expect(await post(bodyOf(mine, theirs), "their own secret")).toBe(403);
  expect(await post(bodyOf(mine), "their own secret")).toBe(200);
  expect([(await rawOf(own.number)).length, await rawOf(other.number)]).toEqual([1, []]);
  const notice = bodyOf({ field: "account_update", value: { event: "x" } });
  expect(await post(notice, "their own secret")).toBe(403);
  expect(await post(notice, "their own secret", `?number=${own.number}`)).toBe(200);
});

test("rightly signed for a number that no clinic has, it is kept unrouted", async () => {
  const number = String(randomInt(1e14));
  expect(await post(bodyOf(changeOf(number, { messages: [textOf("12025550101", "hi")] })))).toBe(200);
  await ingestPending();
  expect(await rawOf(number)).toMatchObject([{ state: "unrouted", clinicId: null }]);
});

test("the challenge is answered for the right token, the deployment's or the clinic's own", async () => {
  const { ctx, channel, number } = await makeLine();
  await inClinic(ctx, (tx) => saveCredentialsIn(tx, ctx, channel.id, { app_secret: "s", verify_token: "their own" }));
  const ask = async (token: string, more = "") => {
    const asked = `hub.mode=subscribe&hub.challenge=1234&hub.verify_token=${encodeURIComponent(token)}${more}`;
    const answer = await GET(new Request(`${ADDRESS}?${asked}`), params);
    return [answer.status, answer.status === 200 ? await answer.text() : null];
  };
  expect(await ask(env().WHATSAPP_VERIFY_TOKEN ?? "")).toEqual([200, "1234"]);
  expect(await ask("their own", `&number=${number}`)).toEqual([200, "1234"]);
  expect(await ask("their own")).toEqual([403, null]);
  expect(await ask("")).toEqual([403, null]);
});

test("a message's statuses end at the furthest, in whatever order forty of them come, one before it was sent", async () => {
  const { ctx, channel, number, phone } = await makeLine();
  const messageId = await inClinic(ctx, async (tx) => {
    const point = await ensureContactPointIn(tx, ctx, { kind: "phone", value: `+${phone}` });
    const thread = await openThreadIn(tx, ctx, { id: channel.id, reopensThreads: true }, point.id);
    const sent = { conversationId: thread.id, text: "See you", sendClass: "reply", senderType: "bot" } as const;
    return sendIn(tx, ctx, { ...sent, dedupeKey: newId() });
  });
  const [queued] = await query(ctx, (tx) => tx.select().from(outbox).where(eq(outbox.messageId, messageId)));
  const id = wamid();
  const words = Array.from({ length: 40 }, (_, at) => ["read", "delivered", "sent"][(at * 7 + 1) % 3] ?? "sent");
  const seen: string[] = [];
  for (const [at, status] of words.entries()) {
    const told = { id, status, timestamp: seconds() + at, biz_opaque_callback_data: queued?.id };
    await post(bodyOf(changeOf(number, { statuses: [told] })));
    if (at % 9 === 0) await ingestPending();
    const [now] = await saidIn(ctx);
    seen.push(now?.status ?? "");
  }
  await ingestPending();
  const [message] = await saidIn(ctx);
  expect(message).toMatchObject({ status: "read", vendor: "whatsapp", vendorId: id });
  const rank = ["queued", "sent", "delivered", "read"];
  expect(seen.map((status) => rank.indexOf(status))).toEqual(seen.map((status) => rank.indexOf(status)).toSorted());
});

test("a person without a number becomes a lead by their name there, and the same one with the number later", async () => {
  const { ctx, number, phone } = await makeLine();
  const contacts = [{ user_id: "US.77", profile: { name: "Nour" } }];
  const first = textOf(phone, "hello", { from: undefined, from_user_id: "US.77" });
  await post(bodyOf(changeOf(number, { contacts, messages: [first] })));
  const known = [{ user_id: "US.77", wa_id: phone, profile: { name: "Nour" } }];
  await post(bodyOf(changeOf(number, { contacts: known, messages: [textOf(phone, "me again")] })));
  await ingestPending();
  const all = await query(ctx, (tx) => tx.select().from(patients));
  expect(all).toMatchObject([{ name: "Nour", patientType: "COLD_LEAD", createdFrom: "WHATSAPP" }]);
  expect((await peopleAt(ctx, "phone", `+${phone}`)).map(({ id }) => id)).toEqual([all[0]?.id]);
  const changed = { type: "user_changed_number", wa_id: "12025550177", user_id: "US.78", previous_user_id: "US.77" };
  const system = { id: wamid(), from: phone, timestamp: seconds(), type: "system", system: changed };
  await post(bodyOf(changeOf(number, { messages: [system] })));
  await ingestPending();
  expect((await peopleAt(ctx, "phone", "+12025550177")).map(({ id }) => id)).toEqual([all[0]?.id]);
  expect((await peopleAt(ctx, "whatsapp_user", "US.78")).map(({ id }) => id)).toEqual([all[0]?.id]);
});

test("a reaction is kept and waits for no answer; a tapped button for no more words", async () => {
  const { ctx, number, phone } = await makeLine();
  const reaction = { id: wamid(), from: phone, timestamp: seconds(), type: "reaction" };
  const about = { message_id: "wamid.x", emoji: "👍" };
  await post(bodyOf(changeOf(number, { messages: [{ ...reaction, reaction: about }] })));
  await ingestPending();
  expect(await saidIn(ctx)).toMatchObject([{ kind: "reaction", payload: { emoji: "👍", about: "wamid.x" } }]);
  expect(await threadsOf(ctx)).toMatchObject([{ turnDueAt: null, unreadCount: 0 }]);
  const tap = {
    type: "interactive",
    interactive: { type: "button_reply", button_reply: { id: "choose:1", title: "A" } },
  };
  await post(bodyOf(changeOf(number, { messages: [textOf(phone, "", tap)] })));
  await ingestPending();
  const [thread] = await threadsOf(ctx);
  expect(thread?.turnDueAt?.getTime()).toBeLessThanOrEqual(Date.now());
});

test("what staff write in the phone app is theirs in the thread, and the bot steps back", async () => {
  const { ctx, number, phone } = await makeLine();
  await post(bodyOf(changeOf(number, { messages: [textOf(phone, "anyone there?")] })));
  await ingestPending();
  const echo = { ...textOf(number, "On our way"), to: phone };
  await post(bodyOf(changeOf(number, { message_echoes: [echo] }, "smb_message_echoes")));
  await ingestPending();
  expect(await threadsOf(ctx)).toMatchObject([{ holder: "staff", turnDueAt: null }]);
  expect((await saidIn(ctx)).at(-1)).toMatchObject({ text: "On our way", senderType: "staff", status: "sent" });
});

test("a stop to marketing, told to WhatsApp itself, is kept with its words and ends marketing everywhere", async () => {
  const { ctx, number, phone } = await makeLine();
  const told = {
    wa_id: phone,
    category: "marketing_messages",
    value: "stop",
    detail: "they said stop",
    timestamp: seconds(),
  };
  await post(bodyOf(changeOf(number, { user_preferences: [told] }, "user_preferences")));
  await ingestPending();
  const marketing = and(eq(consents.purpose, "marketing"), eq(consents.channelKind, "whatsapp"));
  const kept = await query(ctx, (tx) => tx.select().from(consents).where(marketing));
  expect(kept).toMatchObject([{ state: "out", how: "carrier", words: "they said stop" }]);
  const all = await query(ctx, (tx) => tx.select().from(consents));
  expect(all.map(({ purpose, channelKind, state }) => [purpose, channelKind, state]).toSorted()).toEqual([
    ["marketing", "sms", "out"],
    ["marketing", "whatsapp", "out"],
  ]);
});
