import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { changeVisit } from "./change-visit";
import type { ShownVisit } from "./schema";
import { transitionIn } from "./transition";

export interface MissedVisit {
  appointmentId: string;
  reason?: string | undefined;
}

/** The patient did not come. TOO_SOON before the start. Reversible; the freed time is not offered online. */
export const markNoShowIn = (tx: Tx, ctx: ClinicContext, { appointmentId, reason }: MissedVisit) =>
  transitionIn(tx, ctx, {
    appointmentId,
    to: "no_show",
    action: "appointment.no_show",
    reason,
    guard: (visit) => (visit.startsAt > ctx.now() ? err("TOO_SOON") : ok()),
  });

export const markNoShow = (ctx: ClinicContext, input: MissedVisit): Promise<Result<ShownVisit>> =>
  changeVisit(ctx, (tx) => markNoShowIn(tx, ctx, input));
