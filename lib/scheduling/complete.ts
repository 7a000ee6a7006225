import type { ClinicContext } from "@/lib/core/context";
import type { Result } from "@/lib/core/result";
import { markSeenIn } from "@/lib/patients/mark-seen";
import { changeVisit } from "./change-visit";
import type { ShownVisit } from "./schema";
import { transitionIn } from "./transition";

export interface CompleteVisit {
  appointmentId: string;
  /** `YYYY-MM-DD`: when the patient is due again. */
  nextFollowUpDate?: string | null | undefined;
}

/** The visit took place. The patient is EXISTING from now on. A second time changes nothing. */
export const completeAppointment = (
  ctx: ClinicContext,
  { appointmentId, nextFollowUpDate }: CompleteVisit,
): Promise<Result<ShownVisit>> =>
  changeVisit(ctx, (tx) =>
    transitionIn(tx, ctx, {
      appointmentId,
      to: "completed",
      action: "appointment.complete",
      changed: ["status", ...(nextFollowUpDate ? ["next_follow_up_date"] : [])],
      effect: (visit) => markSeenIn(tx, ctx, visit.patientId, nextFollowUpDate ?? undefined),
    }),
  );
