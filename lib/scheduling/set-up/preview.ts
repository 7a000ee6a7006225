import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { addDays, timeIn } from "@/lib/core/zone";
import { slotsAt } from "@/lib/scheduling/availability";
import { calendarDays, minutesIn, openSpans, wallStarts, type CalendarDay } from "@/lib/scheduling/open-hours";
import { factsOf, readBook } from "@/lib/scheduling/read-book";
import { bookableFrom } from "@/lib/scheduling/rules";
import { instantAt, type Span } from "@/lib/scheduling/spans";
import { applyDraft, touchedBy, type Schedule } from "./draft";
import { overlappedBy, type Overlapped } from "./overlapped";
import { providerIdsOf, readSchedule } from "./read-schedule";
import type { PreviewSchedule } from "./schema";

export interface PreviewDay {
  /** `YYYY-MM-DD` in the clinic's zone. */
  day: string;
  /** When the provider works, wall times; a day's end is `24:00`. */
  open: { from: string; to: string }[];
  /** Free starts of the service with this provider, from now on. */
  slots: Date[];
}
export interface SchedulePreview {
  days: PreviewDay[];
  /** The visits that would stand outside the hours. */
  overlapped: Overlapped;
}

/**
 * What a change of the schedule would bring, before it is saved: the provider's hours and the free starts of a service
 * on some days, and the visits that it would leave outside the hours. Without a draft, how it is. Writes nothing.
 * NOT_FOUND of the provider; CONFLICT where saving would be.
 */
export const previewSchedule = (ctx: ClinicContext, input: PreviewSchedule): Promise<Result<SchedulePreview>> =>
  query(ctx, async (tx) => {
    const { providerId, draft } = input;
    const everybody = await providerIdsOf(tx, ctx);
    if (!everybody.includes(providerId)) return err("NOT_FOUND", { what: "provider" });
    const existing = await readSchedule(tx, ctx, everybody);
    const drafted = draft ? applyDraft(existing, draft) : ok(existing);
    if (!drafted.ok) return drafted;
    const touched = draft ? touchedBy(existing, draft) : { providerIds: [providerId], from: null, to: null };
    const providerIds = touched.providerIds ?? everybody;
    return ok({
      days: await daysOf(tx, ctx, drafted.data, input),
      overlapped: await overlappedBy(tx, ctx, drafted.data, { ...touched, providerIds }),
    });
  });

async function daysOf(tx: Tx, ctx: ClinicContext, schedule: Schedule, input: PreviewSchedule): Promise<PreviewDay[]> {
  const { timeZone } = ctx.clinic;
  const { providerId, from } = input;
  const days = calendarDays(from, addDays(from, input.days - 1), timeZone);
  const slots = input.serviceId
    ? await startsOf(tx, ctx, schedule, days, { ...input, serviceId: input.serviceId })
    : [];
  const hours = schedule.hours.filter((row) => row.providerId === providerId);
  return days.map((date) => {
    const wall = (minute: number) => (minute === date.to ? "24:00" : timeIn(instantAt(minute), timeZone));
    const open = openSpans([date], { id: providerId, hours }, schedule.exceptions, timeZone);
    return {
      day: date.day,
      open: open.map(([start, end]) => ({ from: wall(start), to: wall(end) })),
      slots: slots.filter((minute) => minute >= date.from && minute < date.to).map(instantAt),
    };
  });
}

/** The free starts by the drafted schedule, of everybody who takes part; visits and chairs are as they are. */
async function startsOf(
  tx: Tx,
  ctx: ClinicContext,
  schedule: Schedule,
  days: readonly CalendarDay[],
  { providerId, serviceId }: { providerId: string; serviceId: string },
): Promise<number[]> {
  const range: Span = [days[0]?.from ?? 0, days.at(-1)?.to ?? 0];
  const book = await readBook(tx, ctx, serviceId, { range, providerIds: [providerId] });
  if (!book.service?.isActive) return [];
  const { plan, rules } = book.service;
  const bookable: Span = [Math.max(range[0], bookableFrom(ctx, rules)), range[1]];
  const starts = wallStarts(days, rules.slotStepMinutes, bookable, ctx.clinic.timeZone);
  const facts = factsOf(ctx, plan, book);
  const providers = facts.providers.map((provider) => ({
    ...provider,
    hours: schedule.hours.filter((row) => row.providerId === provider.id),
  }));
  const drafted = { ...facts, providers, exceptions: schedule.exceptions };
  return slotsAt(drafted, minutesIn(starts), 1).map(({ startsAt }) => startsAt);
}
