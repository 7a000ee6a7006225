import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { addDays, dayIn } from "@/lib/core/zone";
import type { Part } from "./availability";
import type { LockedVisit } from "./lock-visit";
import { calendarDays, openSpans } from "./open-hours";
import { elsewhereIn, factsOf, lockSchedule, readBook } from "./read-book";
import { minuteOf, type Spans } from "./spans";

/**
 * Whether everybody who was to take part in a visit still works then, for as long as it lasts, and is not taken
 * elsewhere: all of it may have changed since it was cancelled. Chairs are open whenever their people are.
 */
export async function isStillOpen(
  tx: Tx,
  ctx: ClinicContext,
  visit: LockedVisit,
  parts: readonly Part[],
): Promise<boolean> {
  const { timeZone } = ctx.clinic;
  const range = [minuteOf(visit.startsAt), minuteOf(visit.endsAt)] as const;
  const book = await readBook(tx, ctx, visit.serviceId, { range, providerIds: [visit.providerId] });
  await lockSchedule(tx, ctx, book);
  if (!book.service) return false;
  const { providers, exceptions } = factsOf(ctx, book.service.plan, book);
  const elsewhere = elsewhereIn(book.elsewhere);
  const [first, last] = [dayIn(visit.startsAt, timeZone), dayIn(visit.endsAt, timeZone)];
  const days = calendarDays(addDays(first, -1), addDays(last, 1), timeZone);
  const chairs = new Set([visit.operatoryId, ...book.chairs.map(({ id }) => id)]);
  const people = parts.filter(({ resourceId }) => !chairs.has(resourceId));
  return people.every(({ resourceId, from, to, occupied }) => {
    const provider = providers.find(({ id }) => id === resourceId);
    if (!provider) return false;
    const isOpen = openSpans(days, provider, exceptions, timeZone).some(([open, close]) => open <= from && to <= close);
    return isOpen && !overlaps(elsewhere.get(resourceId) ?? [], occupied);
  });
}

const overlaps = (spans: Spans, [from, to]: Part["occupied"]) => spans.some(([start, end]) => start < to && from < end);
