import { eq, sql } from "drizzle-orm";
import { newId } from "@/db/ids";
import { channelBreakers, channels } from "@/db/schema/channels";
import { tasks } from "@/db/schema/front-desk";
import { conversations, messages, outbox } from "@/db/schema/messaging";
import type { ClinicContext } from "@/lib/core/context";
import { query } from "@/lib/core/transact";
import { sendIn, type SendClass, type SendInput } from "@/lib/messaging/send";
import { openThreadIn } from "@/lib/messaging/thread";
import { ensureContactPointIn } from "@/lib/patients/contact-point";
import { inClinic, makeBareClinic, makeChannel, makePhone } from "./make";

/** A clinic with one channel and one conversation on it, and a way to put messages into its outbox. */
export async function makeThread(
  channelFields: Parameters<typeof makeChannel>[1] = {},
  clinic: Parameters<typeof makeBareClinic> = [],
) {
  const ctx = await makeBareClinic(...clinic);
  const channel = await makeChannel(ctx, channelFields);
  const phone = makePhone();
  const { point, thread } = await inClinic(ctx, async (tx) => {
    const point = await ensureContactPointIn(tx, ctx, { kind: "phone", value: phone });
    return { point, thread: await openThreadIn(tx, ctx, { id: channel.id, reopensThreads: true }, point.id) };
  });
  const say = (text: string, sendClass: SendClass = "reply", more: Partial<SendInput> = {}) =>
    inClinic(ctx, (tx) => {
      const input = { conversationId: thread.id, text, sendClass, senderType: "bot", dedupeKey: newId() } as const;
      return sendIn(tx, ctx, { ...input, ...more });
    });
  return { ctx, channel, phone, point, thread, say };
}

/** A message with its row in the outbox, and in how many seconds it is due. */
export async function readSend(ctx: ClinicContext, messageId: string) {
  const [row] = await query(ctx, (tx) =>
    tx
      .select({ message: messages, outbox, dueIn: sql<number>`extract(epoch from ${outbox.dueAt} - now())::float8` })
      .from(messages)
      .innerJoin(outbox, eq(outbox.messageId, messages.id))
      .where(eq(messages.id, messageId)),
  );
  if (!row) throw new Error("no such message");
  const { id: outboxId, state, attempts, lastError, supersededAt } = row.outbox;
  return { ...row.message, outboxId, state, attempts, lastError, supersededAt, dueIn: row.dueIn };
}

/** As if enough time had passed: whatever waits is due, no channel rests and no breaker is open. */
export const makeDue = (ctx: ClinicContext): Promise<void> =>
  inClinic(ctx, async (tx) => {
    await tx
      .update(outbox)
      .set({ dueAt: sql`now()` })
      .where(eq(outbox.state, "due"));
    await tx
      .update(outbox)
      .set({ leaseUntil: sql`now()` })
      .where(eq(outbox.state, "sending"));
    await tx.update(channels).set({ nextSendAt: null });
    await tx.update(conversations).set({ nextSendAt: null });
    await tx.update(channelBreakers).set({ openUntil: sql`least(${channelBreakers.openUntil}, now())` });
  });

/** What staff were asked to do so far. */
export const listTaskReasons = async (ctx: ClinicContext): Promise<string[]> => {
  const rows = await query(ctx, (tx) => tx.select().from(tasks).where(eq(tasks.clinicId, ctx.clinic.id)));
  return rows.map((task) => task.reason).sort();
};
