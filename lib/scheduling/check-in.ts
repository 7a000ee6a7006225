import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { changeVisit } from "./change-visit";
import type { ShownVisit } from "./schema";
import { transitionIn } from "./transition";

/** The patient is there, also one who was given up as a no-show. */
export const checkIn = (
  ctx: ClinicContext,
  { appointmentId }: { appointmentId: string },
): Promise<Result<ShownVisit>> =>
  changeVisit(ctx, (tx) =>
    transitionIn(tx, ctx, {
      appointmentId,
      to: "checked_in",
      action: "appointment.check_in",
      // A completed visit is reopened by `undo` alone, which asks who may.
      guard: (visit) =>
        visit.status === "completed" ? err("ILLEGAL_TRANSITION", { from: visit.status, to: "checked_in" }) : ok(),
    }),
  );
