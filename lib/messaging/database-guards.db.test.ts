import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "@/db/ids";
import { conversations, messages, webhookEvents } from "@/db/schema/messaging";
import { inClinic, makeBareClinic, makeChannel, makePhone } from "@/db/testing/make";
import { query, unscoped } from "@/lib/core/transact";
import { postgresErrorOf } from "@/lib/core/violations";
import { ensureContactPointIn } from "@/lib/patients/contact-point";
import { openThreadIn } from "./thread";
import { storeEvents } from "./ingest/webhook-events";

/** What the database refuses by itself, whatever the code above it comes to believe. */

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => "stored",
    (error: unknown) => postgresErrorOf(error)?.constraint,
  );

async function makeThread() {
  const ctx = await makeBareClinic();
  const channel = await makeChannel(ctx);
  const point = await inClinic(ctx, (tx) => ensureContactPointIn(tx, ctx, { kind: "phone", value: makePhone() }));
  const open = () => inClinic(ctx, (tx) => openThreadIn(tx, ctx, { id: channel.id, reopensThreads: true }, point.id));
  return { ctx, point, open };
}

test("a delivery that comes twice is one raw event", async () => {
  const event = { vendor: "twilio", account: "AC1", vendorId: newId(), event: "message", body: {} } as const;
  await Promise.all([1, 2, 3].map(() => storeEvents([event])));
  await storeEvents([event, event]);
  const stored = await unscoped((tx) =>
    tx.select().from(webhookEvents).where(eq(webhookEvents.vendorId, event.vendorId)),
  );
  expect(stored).toHaveLength(1);
});

test("the same vendor's message can't be stored twice", async () => {
  const { ctx, open } = await makeThread();
  const thread = await open();
  const said = { clinicId: ctx.clinic.id, conversationId: thread.id, text: "hello", vendor: "twilio" } as const;
  const row = { ...said, direction: "inbound", senderType: "patient", status: "received" } as const;
  const store = (vendorId: string) =>
    inClinic(ctx, (tx) => tx.insert(messages).values({ ...row, vendorId, occurredAt: ctx.now() }));
  const vendorId = newId();
  expect(await refusalOf(store(vendorId))).toBe("stored");
  expect(await refusalOf(store(vendorId))).toBe("messages_vendor_id_uq");
  expect(await refusalOf(store(newId()))).toBe("stored");
});

test("a message's status can't be written backwards", async () => {
  const { ctx, open } = await makeThread();
  const thread = await open();
  const id = newId();
  const said = { id, clinicId: ctx.clinic.id, conversationId: thread.id, text: "hello", occurredAt: ctx.now() };
  await inClinic(ctx, (tx) =>
    tx.insert(messages).values({ ...said, direction: "outbound", senderType: "bot", status: "delivered" }),
  );
  const setStatus = (status: "sent" | "queued" | "read" | "delivered") =>
    inClinic(ctx, (tx) => tx.update(messages).set({ status }).where(eq(messages.id, id)));
  expect(await refusalOf(setStatus("sent"))).toBe("messages_status_forward");
  expect(await refusalOf(setStatus("read"))).toBe("stored");
  for (const earlier of ["delivered", "queued"] as const)
    expect(await refusalOf(setStatus(earlier))).toBe("messages_status_forward");
});

test("rivals for a new thread of one person get the same one", async () => {
  const { ctx, open } = await makeThread();
  const threads = await Promise.all(Array.from({ length: 6 }, open));
  expect(new Set(threads.map(({ id }) => id)).size).toBe(1);
  expect(await query(ctx, (tx) => tx.select().from(conversations))).toHaveLength(1);
});

test("a second open conversation with one person on one channel is refused", async () => {
  const { ctx, point, open } = await makeThread();
  const { channelId } = await open();
  const second = inClinic(ctx, (tx) =>
    tx.insert(conversations).values({ clinicId: ctx.clinic.id, channelId, contactPointId: point.id }),
  );
  expect(await refusalOf(second)).toBe("conversations_one_open_uq");
});
