import { randomInt } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "@/db/ids";
import { messages, webhookEvents } from "@/db/schema/messaging";
import { inClinic, makeBareClinic, makeChannel } from "@/db/testing/make";
import { unwrap } from "@/lib/core/result";
import { query, unscoped } from "@/lib/core/transact";
import { ingestPending } from "@/lib/messaging/ingest/ingest";
import { storeEvents } from "@/lib/messaging/ingest/webhook-events";
import { listStrays, outlineOf } from "./list";
import { retryStray } from "./retry";

const PAGE = { page: 1, limit: 20 };

async function makeLine() {
  const ctx = await makeBareClinic();
  const { address } = await makeChannel(ctx, { kind: "whatsapp_cloud", address: String(randomInt(1e12, 1e13)) });
  return { ctx, address };
}
const keep = async (number: string, part: object, event = "message") => {
  const vendorId = newId();
  await storeEvents([
    { vendor: "whatsapp", account: number, vendorId, event, body: { phone_number_id: number, part } },
  ]);
  await ingestPending();
  return vendorId;
};

test("what nobody could read is shown to its clinic alone, without what people wrote", async () => {
  const [{ ctx, address }, other] = [await makeLine(), await makeLine()];
  await keep(address, { type: "NEW_KIND", from_whom: "Nadia Haddad", said: "my tooth hurts" }, "call:connect");
  const { items, total } = unwrap(await listStrays(ctx, PAGE));
  expect([total, items]).toMatchObject([1, [{ vendor: "whatsapp", event: "call:connect", reason: "not_understood" }]]);
  expect(items[0]?.outline).toContain("NEW_KIND");
  expect(items[0]?.outline).not.toMatch(/Nadia|tooth|\d{5}/);
  expect(unwrap(await listStrays(other.ctx, PAGE)).items).toEqual([]);
  expect(await retryStray(other.ctx, { id: items[0]?.id ?? "" })).toMatchObject({ ok: false, error: "NOT_FOUND" });
});

test("tried again, it is read as if it had just come, once", async () => {
  const { ctx, address } = await makeLine();
  const from = `1555${randomInt(1e6, 1e7)}`;
  const vendorId = await keep(address, { id: "wamid.x", type: "text", text: { body: "hello" } }); // from nobody
  const [kept] = unwrap(await listStrays(ctx, PAGE)).items;
  if (!kept) throw new Error("nothing was set aside");
  const whole = { phone_number_id: address, part: { id: "wamid.x", from, type: "text", text: { body: "hello" } } };
  await inClinic(ctx, (tx) => tx.update(webhookEvents).set({ body: whole }).where(eq(webhookEvents.id, kept.id)));
  expect((await retryStray(ctx, kept)).ok).toBe(true);
  expect((await retryStray(ctx, kept)).ok).toBe(false);
  expect(await unscoped((tx) => tx.select().from(webhookEvents).where(eq(webhookEvents.id, kept.id)))).toMatchObject([
    { state: "new", attempts: 0, vendorId },
  ]);
  await ingestPending();
  expect(await query(ctx, (tx) => tx.select().from(messages))).toMatchObject([{ text: "hello", direction: "inbound" }]);
  expect(unwrap(await listStrays(ctx, PAGE)).items).toEqual([]);
});

test("an outline is short however much came", () => {
  const deep = Array.from({ length: 40 }).reduce<object>((inner) => ({ inner }), { end: true });
  expect(outlineOf(deep).length).toBeLessThan(5_000);
  expect(outlineOf({ many: Array.from({ length: 5_000 }, () => "+15550100") })).not.toContain("1555");
});
