import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { conversations, messages, outbox, type webhookEvents } from "@/db/schema/messaging";
import { isId } from "@/db/ids";
import type { ClinicContext } from "@/lib/core/context";
import type { StatusUpdate } from "@/lib/messaging/channels/channel";
import { deploymentCredentials } from "@/lib/messaging/credentials";
import { recordStatusIn } from "@/lib/messaging/outbox/record-status";

type Stored = typeof webhookEvents.$inferSelect;

/**
 * Records a vendor's word on a message of this clinic. False, and nothing is changed, where the word comes from another
 * address than the one from which the message went out: it was believed by the key of that other address, and whoever
 * has that key has no say in this message.
 */
export async function ingestStatusIn(tx: Tx, ctx: ClinicContext, event: Stored, read: StatusUpdate): Promise<boolean> {
  const found = await findMessage(tx, ctx, event, read);
  if (!found) return true;
  if (!isSenderOf(found, event, read)) return false;
  await recordStatusIn(tx, ctx, found.id, { ...read, vendor: event.vendor });
  return true;
}

interface Found {
  id: string;
  kind: (typeof channels.$inferSelect)["kind"];
  address: string;
  account: string | null;
}

/** By our own id in the callback, else by the vendor's of the message. */
async function findMessage(tx: Tx, ctx: ClinicContext, event: Stored, read: StatusUpdate): Promise<Found | undefined> {
  const { outboxId, vendorId } = read;
  const fields = { id: messages.id, kind: channels.kind, address: channels.address, account: channels.account };
  const all = () =>
    tx
      .select(fields)
      .from(messages)
      .innerJoin(
        conversations,
        and(eq(conversations.clinicId, messages.clinicId), eq(conversations.id, messages.conversationId)),
      )
      .innerJoin(
        channels,
        and(eq(channels.clinicId, conversations.clinicId), eq(channels.id, conversations.channelId)),
      );
  const ours = and(eq(outbox.clinicId, messages.clinicId), eq(outbox.messageId, messages.id));
  const [queued] =
    outboxId && isId(outboxId)
      ? await all()
          .innerJoin(outbox, ours)
          .where(and(eq(messages.clinicId, ctx.clinic.id), eq(outbox.id, outboxId)))
      : [];
  if (queued) return queued;
  const byVendor = and(eq(messages.vendor, event.vendor), eq(messages.vendorId, vendorId));
  const [known] = await all().where(and(eq(messages.clinicId, ctx.clinic.id), byVendor));
  return known;
}

/**
 * Where the vendor doesn't name our address, its account must be the one that the channel belongs to; what names neither
 * can only have come under the deployment's own key.
 */
function isSenderOf({ kind, address, account }: Found, event: Stored, { sender }: StatusUpdate): boolean {
  const own = account ?? deploymentCredentials(kind).account;
  if (!sender) return event.account === "" ? account === null : event.account === own;
  return sender.channelKind === kind && sender.address === address;
}
