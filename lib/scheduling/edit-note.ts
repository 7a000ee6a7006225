import type { ClinicContext } from "@/lib/core/context";
import type { Result } from "@/lib/core/result";
import { audit } from "@/lib/audit/record";
import { announce } from "@/lib/realtime/announce";
import { changeVisit } from "./change-visit";
import { lockVisit, updateVisit } from "./lock-visit";
import { visitAfter } from "./place";
import type { ShownVisit } from "./schema";

/** What staff wrote down about a visit; null or an empty text takes it away. */
export const editNote = (
  ctx: ClinicContext,
  { appointmentId, note }: { appointmentId: string; note: string | null },
): Promise<Result<ShownVisit>> =>
  changeVisit(ctx, async (tx) => {
    const locked = await lockVisit(tx, ctx, appointmentId);
    if (!locked.ok) return locked;
    await updateVisit(tx, ctx, appointmentId, { note: note || null });
    const changed = { action: "appointment.edit", targetType: "appointment", targetId: appointmentId };
    await audit(tx, ctx, { ...changed, changed: ["note"] });
    await announce(tx, ctx, "appointment", appointmentId);
    return visitAfter(tx, ctx, appointmentId);
  });
