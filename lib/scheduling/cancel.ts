import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import type { Result } from "@/lib/core/result";
import { changeVisit } from "./change-visit";
import type { ShownVisit, Visit } from "./schema";
import { transitionIn } from "./transition";

export interface CancelVisit {
  appointmentId: string;
  reason?: string | undefined;
}

/** Cancels a visit or a hold and frees its time. A second cancel changes nothing. */
export const cancelIn = (tx: Tx, ctx: ClinicContext, { appointmentId, reason }: CancelVisit): Promise<Result<Visit>> =>
  transitionIn(tx, ctx, { appointmentId, to: "cancelled", action: "appointment.cancel", reason });

export const cancelAppointment = (ctx: ClinicContext, input: CancelVisit): Promise<Result<ShownVisit>> =>
  changeVisit(ctx, (tx) => cancelIn(tx, ctx, input));
