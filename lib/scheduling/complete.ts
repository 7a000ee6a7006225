import type { ClinicContext } from "@/lib/core/context";
import type { Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { markSeenIn } from "@/lib/patients/mark-seen";
import { VIOLATIONS } from "./rules";
import type { Visit } from "./schema";
import { transitionIn } from "./transition";

export interface CompleteVisit {
  appointmentId: string;
  /** `YYYY-MM-DD`: when the patient is due again. */
  nextFollowUpDate?: string | undefined;
}

/** The visit took place. The patient is EXISTING from now on. A second time changes nothing. */
export const completeAppointment = (
  ctx: ClinicContext,
  { appointmentId, nextFollowUpDate }: CompleteVisit,
): Promise<Result<Visit>> =>
  transact(ctx, VIOLATIONS, (tx) =>
    transitionIn(tx, ctx, {
      appointmentId,
      to: "completed",
      action: "appointment.complete",
      changed: ["status", ...(nextFollowUpDate ? ["next_follow_up_date"] : [])],
      effect: (visit) => markSeenIn(tx, ctx, visit.patientId, nextFollowUpDate),
    }),
  );
