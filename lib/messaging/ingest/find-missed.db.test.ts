import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { channels } from "@/db/schema/channels";
import { messages } from "@/db/schema/messaging";
import { inClinic, makeBareClinic, makeChannel, makePhone } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { query } from "@/lib/core/transact";
import { startTwilioStub } from "@/stubs/twilio/server";
import { findMissedMessages } from "./find-missed";
import { ingestPending } from "./ingest";

const stub = await startTwilioStub({ authToken: "test-twilio-auth-token" });
process.env.TWILIO_API_BASE_URL = stub.url;

const received = (to: string, body: string) =>
  stub.carrier.messages.add({
    ...{ account_sid: stub.carrier.accountSid, to, from: makePhone(), body },
    ...{ direction: "inbound", status: "received" },
  });

const textsOf = async (ctx: ClinicContext) =>
  (await query(ctx, (tx) => tx.select({ text: messages.text }).from(messages))).map(({ text }) => text);
const forget = (ctx: ClinicContext) =>
  inClinic(ctx, (tx) => tx.update(channels).set({ reconciledUntil: null }).where(eq(channels.clinicId, ctx.clinic.id)));

test("what the webhook missed is taken in once, and what it brought is not doubled", async () => {
  const ctx = await makeBareClinic();
  const { address } = await makeChannel(ctx);
  received(address, "first, never delivered");
  expect(await findMissedMessages(ctx.clinic.id)).toBe(1);
  await ingestPending();
  await forget(ctx);
  received(address, "second");
  expect(await findMissedMessages(ctx.clinic.id)).toBe(2);
  await ingestPending();
  expect((await textsOf(ctx)).sort()).toEqual(["first, never delivered", "second"]);
});

test("a clinic is compared every ten minutes, not at every ring", async () => {
  const ctx = await makeBareClinic();
  const { address } = await makeChannel(ctx);
  await findMissedMessages(ctx.clinic.id);
  received(address, "a moment later");
  expect(await findMissedMessages(ctx.clinic.id)).toBe(0);
});

test("a vendor that doesn't answer leaves the look to the next round", async () => {
  const ctx = await makeBareClinic();
  const { id } = await makeChannel(ctx);
  await stub.close();
  expect(await findMissedMessages(ctx.clinic.id)).toBe(0);
  const [row] = await query(ctx, (tx) => tx.select().from(channels).where(eq(channels.id, id)));
  expect(row?.reconciledUntil).toBeNull();
});
