import type { Tx } from "@/db/client";
import { audit, type AuditEntry } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { announce } from "@/lib/realtime/announce";

/** Writes down who changed the set-up and tells live screens, in the transaction of the change. */
export async function tellChange(
  tx: Tx,
  ctx: ClinicContext,
  targetType: "service" | "provider" | "operatory" | "schedule",
  targetId: string,
  entry: Pick<AuditEntry, "changed"> & { act: string },
): Promise<void> {
  const { act, ...rest } = entry;
  await audit(tx, ctx, { action: `${targetType}.${act}`, targetType, targetId, ...rest });
  await announce(tx, ctx, "schedule", targetId);
}
