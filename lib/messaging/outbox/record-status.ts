import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { messages, outbox } from "@/db/schema/messaging";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { announce } from "@/lib/realtime/announce";
import type { VendorStatus } from "@/lib/messaging/channels/channel";
import { reasonOf } from "@/lib/messaging/channels/reasons";
import { learnFromFailureIn } from "./learn-from-failure";

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
  if (code && status === "failed") await learnFromFailureIn(tx, ctx, messageId, code, reasonOf(code));
  await audit(tx, ctx, { action: `message.${status}`, targetType: "message", targetId: messageId });
  await announce(tx, ctx, "message", messageId);
}
