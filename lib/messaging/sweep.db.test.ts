import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "@/db/ids";
import { conversations, outbox } from "@/db/schema/messaging";
import { inClinic, makeBareClinic, makeChannel, makePhone } from "@/db/testing/make";
import { ensureContactPointIn } from "@/lib/patients/contact-point";
import { ingestPending } from "./ingest/ingest";
import { sendIn } from "./send";
import { ringForDueWork } from "./sweep";
import { openThreadIn } from "./thread";
import { storeEvents } from "./ingest/webhook-events";

test("the sweep finds what a lost doorbell left: raw events, turns, sends and expired leases", async () => {
  expect(await ringForDueWork()).toEqual({ webhooks: 0, turns: 0, outboxes: 0 });
  const ctx = await makeBareClinic();
  const channel = await makeChannel(ctx);
  const body = { From: makePhone(), To: channel.address, Body: "2" };
  await storeEvents([{ vendor: "twilio", account: "AC1", vendorId: newId(), event: "message", body }]);
  expect(await ringForDueWork()).toEqual({ webhooks: 1, turns: 0, outboxes: 0 });
  await ingestPending();
  expect(await ringForDueWork()).toEqual({ webhooks: 0, turns: 1, outboxes: 0 });

  await inClinic(ctx, async (tx) => {
    await tx.update(conversations).set({ turnDueAt: null });
    const point = await ensureContactPointIn(tx, ctx, { kind: "phone", value: body.From });
    const thread = await openThreadIn(tx, ctx, { id: channel.id, reopensThreads: true }, point.id);
    const input = { conversationId: thread.id, text: "Hi", sendClass: "reply", senderType: "bot" } as const;
    await sendIn(tx, ctx, { ...input, dedupeKey: newId() });
  });
  expect(await ringForDueWork()).toEqual({ webhooks: 0, turns: 0, outboxes: 1 });
  const sending = { state: "sending", leaseUntil: sql`now() - interval '1 second'` } as const;
  await inClinic(ctx, (tx) => tx.update(outbox).set(sending).where(eq(outbox.state, "due")));
  expect(await ringForDueWork()).toEqual({ webhooks: 0, turns: 0, outboxes: 1 });
});
