import { and, desc, eq, ne } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { conversations } from "@/db/schema/messaging";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import type { Channel } from "./channels/channel";

export type Conversation = typeof conversations.$inferSelect;

const ATTEMPTS = 4;

/**
 * The open conversation of a contact point on a channel, locked: there is never more than one. A closed thread goes on
 * where the channel says so; else, and for who is new, one is opened. Rivals get the same one: the index decides.
 */
export async function openThreadIn(
  tx: Tx,
  ctx: ClinicContext,
  channel: { id: string } & Pick<Channel, "reopensThreads">,
  contactPointId: string,
  language: string | null = null,
): Promise<Conversation> {
  const here = and(
    eq(conversations.clinicId, ctx.clinic.id),
    eq(conversations.channelId, channel.id),
    eq(conversations.contactPointId, contactPointId),
  );
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const [open] = await tx
      .select()
      .from(conversations)
      .where(and(here, ne(conversations.status, "closed")))
      .for("update");
    if (open) return open;
    const thread = (channel.reopensThreads && (await reopenLatest(tx, ctx, here))) || (await create(tx));
    if (thread) return thread;
  }
  throw new Error("no conversation could be opened");

  async function create(on: Tx): Promise<Conversation | undefined> {
    const row = { clinicId: ctx.clinic.id, channelId: channel.id, contactPointId, language };
    const [made] = await on.insert(conversations).values(row).onConflictDoNothing().returning();
    if (made) await audit(on, ctx, { action: "conversation.open", targetType: "conversation", targetId: made.id });
    return made;
  }
}

async function reopenLatest(
  tx: Tx,
  ctx: ClinicContext,
  here: ReturnType<typeof and>,
): Promise<Conversation | undefined> {
  const [latest] = await tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(here, eq(conversations.status, "closed")))
    .orderBy(desc(conversations.lastMessageAt), desc(conversations.id))
    .limit(1)
    .for("update");
  if (!latest) return undefined;
  const [open] = await tx
    .update(conversations)
    .set({ status: "open", holder: "bot", assigneeId: null, dialog: {} })
    .where(and(here, eq(conversations.id, latest.id)))
    .returning();
  await audit(tx, ctx, { action: "conversation.reopen", targetType: "conversation", targetId: latest.id });
  return open;
}

/** The clinic's active channel by its id, or undefined. */
export async function findChannelIn(tx: Tx, ctx: ClinicContext, id: string) {
  const [channel] = await tx
    .select()
    .from(channels)
    .where(and(eq(channels.clinicId, ctx.clinic.id), eq(channels.id, id)));
  return channel;
}
