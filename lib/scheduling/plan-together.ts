import type { Tx } from "@/db/client";
import type { ErrorCode } from "@/lib/core/errors";
import type { ClinicContext } from "@/lib/core/context";
import { err, type Result } from "@/lib/core/result";
import { addDays, dayIn, instantOf, timeIn } from "@/lib/core/zone";
import type { Part } from "./availability";
import { findNearestIn, type FoundPlan, type Wish } from "./find-nearest";
import { instantAt } from "./spans";

/** How far ahead a step without a wished day is looked for. */
const MOST_DAYS_ON = 60;

export interface JointVisit extends Omit<Wish, "startsAt" | "notBefore"> {
  patientId: string;
  note?: string | undefined;
  /** Without, the first free day from the least gap on, at the time of day of the visit before. */
  startsAt?: Date | undefined;
  /** It comes after the visit before it, by at least these days. */
  gapDays?: number | undefined;
}
export interface PlannedVisit {
  visit: JointVisit;
  wishedAt: Date;
  found: Result<FoundPlan>;
}

/** Where each of several visits fits, one around the other, in their order; what does not fit says why. Takes nothing. */
export async function planTogetherIn(
  tx: Tx,
  ctx: ClinicContext,
  visits: readonly JointVisit[],
): Promise<PlannedVisit[]> {
  const planned: PlannedVisit[] = [];
  const parts: Part[] = [];
  for (const visit of visits) {
    const wish = wishAfter(ctx, visit, planned.at(-1));
    const isTooEarly = visit.startsAt && wish.notBefore && visit.startsAt < wish.notBefore;
    const found = isTooEarly ? err("CONFLICT", { why: "order" }) : await findNearestIn(tx, ctx, wish, parts);
    if (found.ok) parts.push(...found.data.plan.parts);
    planned.push({ visit, wishedAt: wish.startsAt, found });
  }
  return planned;
}

function wishAfter(ctx: ClinicContext, visit: JointVisit, before: PlannedVisit | undefined): Wish {
  const { timeZone } = ctx.clinic;
  const { startsAt = ctx.now() } = visit;
  if (!before || visit.gapDays === undefined) return { ...visit, startsAt };
  const { plan } = before.found.ok ? before.found.data : {};
  const [began, ended] = plan ? [instantAt(plan.startsAt), instantAt(plan.endsAt)] : [before.wishedAt, before.wishedAt];
  const firstDay = addDays(dayIn(began, timeZone), visit.gapDays);
  const morning = instantOf(firstDay, "00:00", timeZone);
  const notBefore = ended > morning ? ended : morning;
  if (visit.startsAt) return { ...visit, startsAt, notBefore };
  const days = Array.from({ length: MOST_DAYS_ON }, (_, offset) => offset);
  return { ...visit, startsAt: instantOf(firstDay, timeIn(began, timeZone), timeZone), notBefore, days };
}

/** What keeps which of them out of the book, by index. */
export const conflictsOf = (planned: readonly PlannedVisit[]): { index: number; error: ErrorCode; wishedAt: Date }[] =>
  planned.flatMap(({ found, wishedAt }, index) => (found.ok ? [] : [{ index, error: found.error, wishedAt }]));
