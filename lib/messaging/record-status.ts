import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { conversations, messages, outbox } from "@/db/schema/messaging";
import { contactPoints } from "@/db/schema/patients";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { announce } from "@/lib/realtime/announce";
import type { VendorStatus } from "./channels/channel";
import { recordConsentIn } from "./consent";

/** The carrier has the person's stop. */
const OPTED_OUT = "21610";
/** Unreachable handset, unknown destination, landline or unreachable carrier (outside-world.md). */
const UNREACHABLE = new Set(["30003", "30005", "30006", "21211", "21614"]);

export interface VendorWord {
  vendor: string;
  vendorId: string;
  status: VendorStatus;
  code: string | null;
}

/**
 * Records a vendor's word on an outbound message: it only ever moves forward, whatever order words come in, and ends the
 * message's wait in the outbox, because the vendor has it. A carrier's opt-out becomes consent, a dead number is marked.
 */
export async function recordStatusIn(tx: Tx, ctx: ClinicContext, messageId: string, word: VendorWord): Promise<void> {
  const { vendor, vendorId, status, code } = word;
  await tx
    .update(outbox)
    .set({ state: "done", leaseToken: null, leaseUntil: null, lastError: code })
    .where(
      and(
        eq(outbox.clinicId, ctx.clinic.id),
        eq(outbox.messageId, messageId),
        inArray(outbox.state, ["due", "sending", "unknown"]),
      ),
    );
  const mine = and(eq(messages.clinicId, ctx.clinic.id), eq(messages.id, messageId));
  await tx
    .update(messages)
    .set({ vendor, vendorId, sentAt: sql`coalesce(${messages.sentAt}, ${ctx.now()}::timestamptz)` })
    .where(and(mine, sql`${messages.vendorId} is null`));
  const moved = await tx
    .update(messages)
    .set({ status, statusReason: status === "failed" ? (code ?? "unknown") : null })
    .where(and(mine, sql`message_status_rank(${messages.status}) < message_status_rank(${status})`))
    .returning({ id: messages.id });
  if (moved.length === 0) return;
  if (code && status === "failed") await learnFromFailureIn(tx, ctx, messageId, code);
  await audit(tx, ctx, { action: `message.${status}`, targetType: "message", targetId: messageId });
  await announce(tx, ctx, "message", messageId);
}

/** What a carrier's refusal says about the person's number, kept so that nobody sends into it again. */
export async function learnFromFailureIn(tx: Tx, ctx: ClinicContext, messageId: string, code: string): Promise<void> {
  if (code !== OPTED_OUT && !UNREACHABLE.has(code)) return;
  const [found] = await tx
    .select({ contactPointId: conversations.contactPointId })
    .from(messages)
    .innerJoin(
      conversations,
      and(eq(conversations.clinicId, messages.clinicId), eq(conversations.id, messages.conversationId)),
    )
    .where(and(eq(messages.clinicId, ctx.clinic.id), eq(messages.id, messageId)));
  if (!found) return;
  const { contactPointId } = found;
  if (code === OPTED_OUT) {
    const stop = { contactPointId, channelKind: "sms", state: "out", how: "carrier", words: null } as const;
    return recordConsentIn(tx, ctx, { ...stop, at: ctx.now() });
  }
  await tx
    .update(contactPoints)
    .set({ unreachableSince: ctx.now(), unreachableReason: code })
    .where(and(eq(contactPoints.clinicId, ctx.clinic.id), eq(contactPoints.id, contactPointId)));
}
