import { inArray } from "drizzle-orm";
import { Pool } from "pg";
import { expect, test } from "vitest";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";
import { POST as inbound } from "@/app/api/webhooks/sms/inbound/route";
import { closePool, pool } from "@/db/client";
import { newId } from "@/db/ids";
import { webhookEvents } from "@/db/schema/messaging";
import { env } from "@/lib/core/env";
import { unscoped } from "@/lib/core/transact";
import { storeEvents, type RawEvent } from "./webhook-events";

const event = (body: Record<string, string> = {}, vendorId = newId()) =>
  ({ vendor: "twilio", account: "AC1", vendorId, event: "message", body }) satisfies RawEvent;

const storedOf = (events: readonly { vendorId: string }[]) =>
  unscoped((tx) =>
    tx
      .select()
      .from(webhookEvents)
      .where(
        inArray(
          webhookEvents.vendorId,
          events.map(({ vendorId }) => vendorId),
        ),
      )
      .orderBy(webhookEvents.id),
  );

test("a crowd of deliveries is kept whole, in the order in which they came", async () => {
  const events = Array.from({ length: 400 }, (_, index) => event({ index: String(index) }));
  await Promise.all(events.map((one) => storeEvents([one])));
  const stored = await storedOf(events);
  expect(stored.map(({ body }) => Number(body.index))).toEqual(events.map((_, index) => index));
});

test("of repeats that arrive together the first is kept, and all are acknowledged", async () => {
  const vendorId = newId();
  const neighbour = event();
  const repeats = ["first", "second", "third"].map((text) => event({ text }, vendorId));
  await Promise.all([...repeats, neighbour].map((one) => storeEvents([one])));
  await storeEvents([event({ text: "a day later" }, vendorId)]);
  expect((await storedOf(repeats)).map(({ body }) => body.text)).toEqual(["first"]);
  expect(await storedOf([neighbour])).toHaveLength(1);
});

test("an event that the database refuses fails alone", async () => {
  const events = [
    event({ text: "before" }),
    event({ text: "a \u0000 that no text may hold" }),
    event({ text: "after" }),
  ];
  const answers = await Promise.allSettled(events.map((one) => storeEvents([one])));
  expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect((await storedOf(events)).map(({ body }) => body.text)).toEqual(["before", "after"]);
});

test("nothing is acknowledged before its commit, and who comes later doesn't wait for it", async () => {
  const [held, next] = [event(), event()];
  const rival = await pool().connect();
  await rival.query("begin");
  const { vendor, account, vendorId } = held;
  await rival.query(
    "insert into webhook_events (id, vendor, account, vendor_id, event, body) values ($1, $2, $3, $4, 'message', '{}')",
    [newId(), vendor, account, vendorId],
  );
  let acknowledged = 0;
  const both = [held, next].map((one) => storeEvents([one]).then(() => (acknowledged += 1)));
  const isWaiting = "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%webhook_events%'";
  while ((await pool().query(isWaiting)).rowCount === 0);
  await storeEvents([event()]);
  expect(acknowledged).toBe(0);
  await rival.query("rollback");
  rival.release();
  await Promise.all(both);
  expect(await storedOf([held, next])).toHaveLength(2);
});

test("with the database away the vendor is told to come back, and the next delivery after its return is kept", async () => {
  const form = { AccountSid: env().TWILIO_ACCOUNT_SID, MessageSid: newId().replaceAll("-", ""), Body: "hi" };
  const signature = getExpectedTwilioSignature(
    env().TWILIO_AUTH_TOKEN ?? "",
    `${env().APP_URL}/api/webhooks/sms/inbound`,
    form,
  );
  const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature };
  const deliver = () => {
    const body = new URLSearchParams(form).toString();
    const request = new Request("http://internal/api/webhooks/sms/inbound", { method: "POST", headers, body });
    return inbound(request, { params: Promise.resolve({}) });
  };
  await closePool();
  Object.assign(globalThis, { chairsidePool: new Pool({ host: "127.0.0.1", port: 1 }) });
  const answers = await Promise.all([deliver(), deliver()]);
  expect(answers.map(({ status, headers: sent }) => [status, Number(sent.get("retry-after"))])).toEqual([
    [503, 2],
    [503, 2],
  ]);
  await closePool();
  expect((await deliver()).status).toBe(200);
  expect(await storedOf([{ vendorId: form.MessageSid }])).toHaveLength(1);
});
