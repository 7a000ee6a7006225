import { and, asc, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { contactPoints } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { channelOf } from "@/lib/messaging/channels/registry";
import { CHANNELS_OF, type ConsentChannel } from "@/lib/messaging/consents/consent";
import { replyIn } from "./reply";
import type { StartConversation } from "@/lib/messaging/schema";
import { openThreadIn } from "@/lib/messaging/thread";

/**
 * A member writes first: to one address of a patient, by the clinic's first channel in use of that kind. Goes on with the
 * thread that is there. NOT_FOUND for another clinic's address, or where no such channel goes to it; else as a reply:
 * OPTED_OUT, WINDOW_CLOSED.
 */
export const startConversation = (
  ctx: ClinicContext,
  { contactPointId, channel: kind, text, subject }: StartConversation,
): Promise<Result<{ id: string; messageId: string }>> =>
  transact(ctx, {}, async (tx) => {
    if (ctx.clinic.status === "suspended") return err("CLINIC_SUSPENDED");
    const [point] = await tx
      .select({ kind: contactPoints.kind })
      .from(contactPoints)
      .where(and(eq(contactPoints.clinicId, ctx.clinic.id), eq(contactPoints.id, contactPointId)));
    if (!point) return err("NOT_FOUND", { what: "contact_point" });
    const reached: readonly ConsentChannel[] = CHANNELS_OF[point.kind];
    const line = reached.includes(kind) ? await firstOfKind(tx, ctx, kind) : undefined;
    if (!line) return err("NOT_FOUND", { what: "channel" });
    const thread = await openThreadIn(tx, ctx, { id: line.id, ...channelOf(line.kind) }, contactPointId);
    const said = await replyIn(tx, ctx, thread.id, { text, subject });
    return said.ok ? ok({ id: thread.id, messageId: said.data.id }) : said;
  });

async function firstOfKind(tx: Tx, ctx: ClinicContext, kind: ConsentChannel) {
  const lines = await tx
    .select({ id: channels.id, kind: channels.kind })
    .from(channels)
    .where(and(eq(channels.clinicId, ctx.clinic.id), eq(channels.isActive, true)))
    .orderBy(asc(channels.createdAt), asc(channels.id));
  return lines.find((line) => line.kind !== "simulator" && channelOf(line.kind).consentChannel === kind);
}
