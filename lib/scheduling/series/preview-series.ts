import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { planTogetherIn, type PlannedVisit } from "../plan-together";
import { instantAt } from "../spans";
import type { BookSeries, PreviewVisit } from "./schema";
import { visitsOf } from "./visits-of";

/** Each date of a series as it would be booked now, or why it can't be. Books nothing. */
export const previewSeries = (ctx: ClinicContext, input: BookSeries): Promise<Result<{ visits: PreviewVisit[] }>> =>
  query(ctx, async (tx) => {
    const planned = await planTogetherIn(tx, ctx, visitsOf(ctx, input));
    return ok({ visits: planned.map(showPlanned) });
  });

function showPlanned({ visit, wishedAt, found }: PlannedVisit, position: number): PreviewVisit {
  const plan = found.ok ? found.data.plan : undefined;
  const startsAt = plan ? instantAt(plan.startsAt) : null;
  return {
    position,
    serviceId: visit.serviceId,
    wishedAt,
    startsAt,
    endsAt: plan ? instantAt(plan.endsAt) : null,
    providerId: plan?.providerId ?? null,
    operatoryId: plan?.operatoryId ?? null,
    isShifted: startsAt !== null && startsAt.getTime() !== wishedAt.getTime(),
    conflict: found.ok ? null : found.error,
  };
}
