import { eq, sql } from "drizzle-orm";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";
import { expect, test } from "vitest";
import { newId } from "@/db/ids";
import { messages, webhookEvents } from "@/db/schema/messaging";
import { call } from "@/db/testing/call";
import { dumpClinic } from "@/db/testing/dump";
import { inClinic, makeBareClinic, makeChannel, makePhone } from "@/db/testing/make";
import { OTHER_ROWS } from "@/db/testing/permission-rows";
import { loadRoute } from "@/db/testing/routes";
import { env } from "@/lib/core/env";
import { query } from "@/lib/core/transact";
import { ingestPending } from "@/lib/messaging/ingest/ingest";

/** What was rightly signed once is worth nothing a second time: not at once, not a year later, not elsewhere. */

const INBOUND = "api/webhooks/sms/inbound";

async function makeLetter() {
  const [ours, theirs] = [await makeBareClinic(), await makeBareClinic()];
  const [channel, other] = [await makeChannel(ours), await makeChannel(theirs)];
  const vendorId = `SM${newId().replaceAll("-", "")}`;
  const form = {
    ...{ AccountSid: env().TWILIO_ACCOUNT_SID ?? "", MessageSid: vendorId, SmsStatus: "received", NumMedia: "0" },
    ...{ From: makePhone(), To: channel.address, Body: "a cleaning next week please" },
  };
  const url = `${env().APP_URL}/${INBOUND}`;
  const signature = getExpectedTwilioSignature(env().TWILIO_AUTH_TOKEN ?? "", url, form);
  return { ours, theirs, other, form, signature, vendorId };
}
type Letter = Awaited<ReturnType<typeof makeLetter>>;

async function deliver({ form, signature }: Letter, path = INBOUND, changes: Record<string, string> = {}) {
  const { POST } = await loadRoute(path);
  if (!POST) throw new Error(`no POST ${path}`);
  const raw = new URLSearchParams({ ...form, ...changes }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature };
  const { status } = await call(POST, `/${path}`, { raw, headers });
  await ingestPending();
  return status;
}

const heard = ({ ours }: Letter) =>
  query(ours, (tx) => tx.select().from(messages).where(eq(messages.direction, "inbound")));
const dumps = async ({ ours, theirs }: Letter) => [
  await dumpClinic(ours.clinic.id),
  await dumpClinic(theirs.clinic.id),
];

test("a delivery that is repeated, at once or a year later, is heard once", async () => {
  const letter = await makeLetter();
  expect(await deliver(letter)).toBe(200);
  expect(await heard(letter)).toHaveLength(1);
  const before = await dumps(letter);
  expect(await deliver(letter)).toBe(200);
  expect(await dumps(letter)).toEqual(before);

  const aged = await inClinic(letter.ours, (tx) =>
    tx
      .update(webhookEvents)
      .set({ receivedAt: sql`now() - interval '1 year'`, processedAt: sql`now() - interval '1 year'` })
      .where(eq(webhookEvents.vendorId, letter.vendorId)),
  );
  expect(aged.rowCount).toBe(1);
  expect(await deliver(letter)).toBe(200);
  expect(await heard(letter)).toHaveLength(1);
});

test("what was signed for one address is refused at every other, and for another clinic's number", async () => {
  const letter = await makeLetter();
  const before = await dumps(letter);
  const elsewhere = Object.keys(OTHER_ROWS).filter((path) => path.includes("webhook") && path !== INBOUND);
  expect(elsewhere.length).toBeGreaterThan(3);
  for (const path of elsewhere) expect([path, await deliver(letter, path)]).toEqual([path, 403]);
  expect(await deliver(letter, INBOUND, { To: letter.other.address })).toBe(403);
  expect(await dumps(letter)).toEqual(before);
  expect(await deliver(letter)).toBe(200); // it was good all the time
  expect(await heard(letter)).toHaveLength(1);
});

test("a text with what Postgres can't store is kept all the same, or its vendor would repeat it for ever", async () => {
  const letter = await makeLetter();
  letter.form.Body = "nul \u0000 here";
  letter.signature = getExpectedTwilioSignature(
    env().TWILIO_AUTH_TOKEN ?? "",
    `${env().APP_URL}/${INBOUND}`,
    letter.form,
  );
  expect(await deliver(letter)).toBe(200);
  expect((await heard(letter)).map(({ text }) => text)).toEqual([expect.stringContaining("here")]);
});
