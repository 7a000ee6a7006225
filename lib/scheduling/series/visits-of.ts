import type { ClinicContext } from "@/lib/core/context";
import { addDays, addMonths, dayIn, instantOf, timeIn } from "@/lib/core/zone";
import type { JointVisit } from "../plan-together";
import type { BookSeries, Shift } from "./schema";

const DAYS: Record<Shift, readonly number[]> = { none: [], day: [0], week: [0, 1, -1, 2, -2, 3, -3] };

/** The visits that a series asks for, in order. */
export function visitsOf(ctx: ClinicContext, { kind, patientId, repeat, visits, shift }: BookSeries): JointVisit[] {
  const days = DAYS[shift];
  if (repeat) {
    const { serviceId, providerId, operatoryId } = repeat;
    return startsOf(repeat, ctx.clinic.timeZone).map((startsAt) => ({
      patientId,
      serviceId,
      providerId: providerId ?? undefined,
      operatoryId: operatoryId ?? undefined,
      startsAt,
      days,
    }));
  }
  return (visits ?? []).map(({ providerId, operatoryId, startsAt, gapDays, ...step }) => ({
    ...step,
    patientId,
    providerId: providerId ?? undefined,
    operatoryId: operatoryId ?? undefined,
    startsAt: startsAt ?? undefined,
    gapDays: kind === "plan" ? gapDays : undefined,
    days,
  }));
}

type Repeat = NonNullable<BookSeries["repeat"]>;

/**
 * Starts at the same time on the wall, whatever the clock does in between. Months count from the first: what began on
 * the 31st is on the last day of a shorter month, and on the 31st again after it.
 */
export function startsOf(
  { startsAt, count, every, unit }: Pick<Repeat, "startsAt" | "count" | "every" | "unit">,
  timeZone: string,
): Date[] {
  const [day, time] = [dayIn(startsAt, timeZone), timeIn(startsAt, timeZone)];
  const dayAt = (index: number) => {
    if (unit === "month") return addMonths(day, every * index);
    return addDays(day, every * index * (unit === "week" ? 7 : 1));
  };
  return Array.from({ length: count }, (_, index) =>
    index === 0 ? startsAt : instantOf(dayAt(index), time, timeZone),
  );
}
