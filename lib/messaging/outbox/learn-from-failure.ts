import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { conversations, messages } from "@/db/schema/messaging";
import { contactPoints } from "@/db/schema/patients";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import type { SendReason } from "@/lib/messaging/channels/reasons";
import { channelOf } from "@/lib/messaging/channels/registry";
import { recordConsentIn } from "@/lib/messaging/consents/consent";
import { fallBackIn } from "./fall-back";
import { reissueAsTemplateIn } from "./reissue";
import type { SendClass } from "@/lib/messaging/send";
import { raiseTaskIn } from "@/lib/messaging/tasks/raise";
import { recordApprovalsIn } from "@/lib/messaging/templates/record-approvals";

/** Handsets that the carrier couldn't reach at all (outside-world.md: mark the number). */
const DEAD_HANDSET = new Set(["30003", "30005"]);
/** WhatsApp has stopped a template, and says so where one is sent (Cloud API error reference). */
const STOPPED: Record<string, "paused" | "disabled"> = { "132015": "paused", "132016": "disabled" };
/** The same message may get there by another way. */
const BY_ANOTHER_WAY: readonly SendReason[] = [
  "undeliverable",
  "invalid_number",
  "landline",
  "template",
  "window_closed",
];
/** It is told by the template's name: a text that is newer than what was handed in is no part of it. */
const NAMED = { isOfText: false };
const MISSED: readonly (SendClass | null)[] = ["reply", "service", "reminder", "staff"];
/** Who waits for these is told nothing unless staff do it; invitations are no loss. */
export const isMissed = (sendClass: SendClass | null): boolean => MISSED.includes(sendClass);

/**
 * What a message's failure for good teaches and brings about: the carrier's stop becomes consent, a dead number and a
 * stopped template are marked, the next channel is tried where that can help, and staff get a task where a patient would
 * miss something.
 */
export async function learnFromFailureIn(
  tx: Tx,
  ctx: ClinicContext,
  messageId: string,
  code: string,
  reason: SendReason,
): Promise<void> {
  const [found] = await tx
    .select({
      contactPointId: conversations.contactPointId,
      conversationId: conversations.id,
      channelKind: channels.kind,
      sendClass: messages.sendClass,
      payload: messages.payload,
    })
    .from(messages)
    .innerJoin(
      conversations,
      and(eq(conversations.clinicId, messages.clinicId), eq(conversations.id, messages.conversationId)),
    )
    .innerJoin(channels, and(eq(channels.clinicId, conversations.clinicId), eq(channels.id, conversations.channelId)))
    .where(and(eq(messages.clinicId, ctx.clinic.id), eq(messages.id, messageId)));
  if (!found) return;
  const { contactPointId, conversationId, sendClass, payload } = found;
  const channelKind = channelOf(found.channelKind).consentChannel;
  if (reason === "opted_out") {
    // WhatsApp's own switch is about marketing; a carrier's stop is about everything.
    const purposes = channelKind === "whatsapp" ? (["marketing"] as const) : undefined;
    const stop = { contactPointId, channelKind, state: "out", how: "carrier", words: null, messageId } as const;
    await recordConsentIn(tx, ctx, { ...stop, ...(purposes && { purposes }), at: ctx.now() });
    return;
  }
  if (reason === "invalid_number" || reason === "landline" || DEAD_HANDSET.has(code))
    await markUnreachable(tx, ctx, contactPointId, code);
  const [approval, sent] = [STOPPED[code], payload?.template];
  if (approval && sent) await recordApprovalsIn(tx, ctx, [{ name: sent.name, locale: sent.locale, approval }], NAMED);
  if (reason === "window_closed" && (await reissueAsTemplateIn(tx, ctx, messageId))) return;
  if (BY_ANOTHER_WAY.includes(reason) && (await fallBackIn(tx, ctx, messageId))) return;
  if (isMissed(sendClass)) await raiseTaskIn(tx, ctx, { reason: "send_failed", conversationId, messageId });
}

async function markUnreachable(tx: Tx, ctx: ClinicContext, contactPointId: string, why: string): Promise<void> {
  await tx
    .update(contactPoints)
    .set({ unreachableSince: ctx.now(), unreachableReason: why })
    .where(and(eq(contactPoints.clinicId, ctx.clinic.id), eq(contactPoints.id, contactPointId)));
  await audit(tx, ctx, { action: "contact_point.unreachable", targetType: "contact_point", targetId: contactPointId });
}
