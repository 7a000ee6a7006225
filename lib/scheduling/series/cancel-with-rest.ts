import { and, asc, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointments } from "@/db/schema/appointments";
import type { ClinicContext } from "@/lib/core/context";
import type { Result } from "@/lib/core/result";
import { cancelIn, type CancelVisit } from "../cancel";
import { changeVisit } from "../change-visit";
import { lockSeriesOf } from "../keep-order";
import type { LockedVisit } from "../lock-visit";
import type { ShownVisit, Visit } from "../schema";

export interface CancelWithRest extends CancelVisit {
  rest: "keep" | "cancel";
}

/**
 * Cancels a visit and, when `rest` says so, what was to come after it in its series, or the whole family's visits. What
 * took place, or begins meanwhile, stays as it is.
 */
export async function cancelWithRestIn(tx: Tx, ctx: ClinicContext, input: CancelWithRest): Promise<Result<Visit>> {
  const { appointmentId, reason, rest } = input;
  const [series] = rest === "cancel" ? await lockSeriesOf(tx, ctx, [appointmentId]) : [];
  if (series) {
    const visits = await tx
      .select()
      .from(appointments)
      .where(and(eq(appointments.clinicId, ctx.clinic.id), eq(appointments.seriesId, series.id)))
      .orderBy(asc(appointments.id));
    const at = visits.find(({ id }) => id === appointmentId)?.seriesPosition ?? 0;
    const isAhead = ({ status, startsAt }: LockedVisit) => status === "scheduled" && startsAt > ctx.now();
    const isOfRest = ({ seriesPosition }: LockedVisit) => series.kind === "family" || (seriesPosition ?? 0) > at;
    for (const { id } of visits.filter((one) => one.id !== appointmentId && isAhead(one) && isOfRest(one))) {
      const gone = await cancelIn(tx, ctx, { appointmentId: id, reason });
      if (!gone.ok && gone.error !== "ILLEGAL_TRANSITION") return gone;
    }
  }
  return cancelIn(tx, ctx, { appointmentId, reason });
}

export const cancelWithRest = (ctx: ClinicContext, input: CancelWithRest): Promise<Result<ShownVisit>> =>
  changeVisit(ctx, (tx) => cancelWithRestIn(tx, ctx, input));
