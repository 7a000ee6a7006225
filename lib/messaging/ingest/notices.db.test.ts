import { randomInt } from "node:crypto";
import { eq, like } from "drizzle-orm";
import { expect, test } from "vitest";
import { POST } from "@/app/api/webhooks/whatsapp/cloud/route";
import { newId } from "@/db/ids";
import { channels } from "@/db/schema/channels";
import { tasks } from "@/db/schema/front-desk";
import { webhookEvents } from "@/db/schema/messaging";
import { notifications } from "@/db/schema/notifications";
import { templates } from "@/db/schema/templates";
import { inClinic, makeBareClinic, makeChannel, makePhone, makeUser } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { env } from "@/lib/core/env";
import { query, unscoped } from "@/lib/core/transact";
import { signatureOf } from "@/stubs/whatsapp/signature";
import { saveCredentialsIn } from "@/lib/messaging/credentials";
import { ingestPending } from "./ingest";

const params = { params: Promise.resolve({}) };
const ADDRESS = "http://internal:1234/api/webhooks/whatsapp/cloud";
const digits = () => String(randomInt(1e12, 1e13));

async function makeAccount(waba: string | null = digits()) {
  const ctx = await makeBareClinic();
  await makeUser([{ ctx, role: "OWNER" }]);
  const made = await makeChannel(ctx, { kind: "whatsapp_cloud", address: digits() });
  const displayAddress = "+1 555 010 2030";
  await inClinic(ctx, (tx) =>
    tx.update(channels).set({ account: waba, displayAddress }).where(eq(channels.id, made.id)),
  );
  return { ctx, id: made.id, number: made.address, waba: waba ?? digits() };
}

async function tell(waba: string, changes: object[], { secret = env().WHATSAPP_APP_SECRET ?? "", number = "" } = {}) {
  const body = JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: waba, time: newId(), changes }] });
  const headers = { "content-type": "application/json", "x-hub-signature-256": signatureOf(secret, body) };
  const address = number ? `${ADDRESS}?number=${number}` : ADDRESS;
  const answer = await POST(new Request(address, { method: "POST", headers, body }), params);
  await ingestPending();
  return answer.status;
}

const change = (field: string, value: object) => ({ field, value });
const banned = change("account_update", { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: ["DISABLE"] } });
const flagged = change("phone_number_quality_update", { display_phone_number: "15550102030", event: "FLAGGED" });

const noticeOf = async (ctx: ClinicContext, id: string) => {
  const [row] = await query(ctx, (tx) => tx.select().from(channels).where(eq(channels.id, id)));
  return row?.vendorNotice;
};
const toldIn = (ctx: ClinicContext) => query(ctx, (tx) => tx.select({ kind: notifications.kind }).from(notifications));
const tasksOf = (ctx: ClinicContext) =>
  query(ctx, (tx) => tx.select({ reason: tasks.reason }).from(tasks).where(eq(tasks.clinicId, ctx.clinic.id)));
const keptBy = (ctx: ClinicContext) =>
  query(ctx, (tx) => tx.select().from(webhookEvents).where(eq(webhookEvents.clinicId, ctx.clinic.id)));

test("news of an account finds its clinic, is kept on the channel, and staff are told once of each trouble", async () => {
  const { ctx, id, waba } = await makeAccount();
  expect([await tell(waba, [flagged]), await noticeOf(ctx, id)]).toEqual([200, "quality_low"]);
  expect(await tell(waba, [flagged])).toBe(200); // told again in other words: no news
  expect([await toldIn(ctx), await tasksOf(ctx)]).toEqual([
    [{ kind: "channel_broken" }],
    [{ reason: "channel_broken" }],
  ]);
  await tell(waba, [banned]);
  expect([await noticeOf(ctx, id), (await toldIn(ctx)).length, (await tasksOf(ctx)).length]).toEqual([
    "account_disabled",
    2,
    1,
  ]);
  expect((await keptBy(ctx)).map(({ state }) => state)).toEqual(["done", "done", "done"]);
});

test("a trouble ends with its own kind's good news: a number's does not end its account's", async () => {
  const { ctx, id, waba } = await makeAccount();
  await tell(waba, [banned]);
  await tell(waba, [change("phone_number_quality_update", { event: "UNFLAGGED" })]);
  expect(await noticeOf(ctx, id)).toBe("account_disabled");
  await tell(waba, [change("account_update", { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: "REINSTATE" } })]);
  expect(await noticeOf(ctx, id)).toBeNull();
});

test("what a template's name and language was decided is taken over, with the reason", async () => {
  const { ctx, waba } = await makeAccount();
  const row = { clinicId: ctx.clinic.id, category: "utility", body: "Hello there", approval: "pending" } as const;
  await inClinic(ctx, (tx) =>
    tx.insert(templates).values([
      { ...row, name: "hello", locale: "en" },
      { ...row, name: "hello", locale: "es" },
    ]),
  );
  const about = { message_template_name: "hello", message_template_language: "en", message_template_id: 7 };
  await tell(waba, [change("message_template_status_update", { ...about, event: "REJECTED", reason: "SCAM" })]);
  await tell(waba, [change("template_category_update", { ...about, new_category: "MARKETING" })]);
  const states = await query(ctx, (tx) => tx.select().from(templates).orderBy(templates.locale));
  expect(states).toMatchObject([
    { approval: "rejected", rejectedReason: "SCAM", category: "marketing" },
    { approval: "pending", rejectedReason: null, category: "utility" },
  ]);
});

test.each([
  ["account_update", { event: "PARTNER_ADDED" }],
  ["a field of next year", { anything: [1, { deep: true }] }],
  ["account_alerts", { alert_info: "not an object" }],
])("%s that nobody understands is kept for its clinic to see", async (field, value) => {
  const { ctx, id, waba } = await makeAccount();
  expect(await tell(waba, [change(field, value)])).toBe(200);
  expect(await keptBy(ctx)).toMatchObject([{ state: "quarantined", problem: "not_understood" }]);
  expect(await noticeOf(ctx, id)).toBeNull();
});

test("a clinic's own app speaks for its own account alone, and the deployment's not for such a clinic", async () => {
  const [own, other] = [await makeAccount(), await makeAccount()];
  const secret = "an app secret of their own";
  await inClinic(own.ctx, (tx) => saveCredentialsIn(tx, own.ctx, own.id, { app_secret: secret }));
  expect(await tell(other.waba, [banned], { secret, number: own.number })).toBe(200);
  expect([await noticeOf(other.ctx, other.id), await noticeOf(own.ctx, own.id)]).toEqual([null, null]);
  await tell(own.waba, [banned]);
  expect(await noticeOf(own.ctx, own.id)).toBeNull();
  await tell(own.waba, [banned, flagged], { secret, number: own.number });
  expect(await noticeOf(own.ctx, own.id)).toBe("account_disabled");
});

test("an account that nobody typed in is learned from the number's own messages", async () => {
  const { ctx, id, number, waba } = await makeAccount(null);
  const message = { id: `wamid.${newId()}`, from: makePhone().slice(1), type: "text", text: { body: "hello" } };
  await tell(waba, [change("messages", { metadata: { phone_number_id: number }, messages: [message] })]);
  await tell(waba, [flagged]);
  expect(await noticeOf(ctx, id)).toBe("quality_low");
});

test("news of an account that no clinic has is kept unrouted", async () => {
  const waba = digits();
  expect(await tell(waba, [banned])).toBe(200);
  const [kept] = await unscoped((tx) => tx.select().from(webhookEvents).where(like(webhookEvents.account, waba)));
  expect(kept).toMatchObject({ state: "unrouted", clinicId: null });
});
