import type { ClinicContext } from "@/lib/core/context";
import type { Result } from "@/lib/core/result";
import { changeVisit } from "./change-visit";
import { confirmHoldIn } from "./confirm-hold";
import { lockVisit } from "./lock-visit";
import type { ShownVisit } from "./schema";
import { setConfirmationIn } from "./set-confirmation";

/** A yes to a visit: a held one is booked, a booked one is confirmed. A second yes changes nothing. */
export const confirmAppointment = (
  ctx: ClinicContext,
  { appointmentId }: { appointmentId: string },
): Promise<Result<ShownVisit>> =>
  changeVisit(ctx, async (tx) => {
    const locked = await lockVisit(tx, ctx, appointmentId);
    if (!locked.ok) return locked;
    if (locked.data.status === "held" || locked.data.status === "expired")
      return confirmHoldIn(tx, ctx, { appointmentId });
    return setConfirmationIn(tx, ctx, { appointmentId, confirmation: "confirmed" });
  });
