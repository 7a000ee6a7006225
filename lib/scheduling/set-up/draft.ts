import { err, ok, type Result } from "@/lib/core/result";
import type { ScheduleException, WeeklyHours } from "@/lib/scheduling/open-hours";
import type { ScheduleDraft } from "./schema";

export interface WrittenHours extends WeeklyHours {
  providerId: string;
}
export interface WrittenException extends ScheduleException {
  id: string;
  reason: string | null;
}
export interface Schedule {
  hours: readonly WrittenHours[];
  exceptions: readonly WrittenException[];
}

/** What a change touches: these providers (null: everybody) on these days (`to: null`: from then on). */
export interface Touched {
  providerIds: readonly string[] | null;
  from: string | null;
  to: string | null;
}

type Dates = Pick<WeeklyHours, "validFrom" | "validTo">;
const isSame = (a: Dates, b: Dates) => a.validFrom === b.validFrom && a.validTo === b.validTo;
const isDated = ({ validFrom, validTo }: Dates) => validFrom !== null || validTo !== null;
const overlaps = (a: Dates, b: Dates) =>
  (a.validFrom ?? "") <= (b.validTo ?? "~") && (b.validFrom ?? "") <= (a.validTo ?? "~");

/** An exception that is not written yet. */
export const UNWRITTEN = "unwritten";

/**
 * The schedule as it will be. A week replaces the undated rows of its providers, a season the rows of the same days (or
 * of those it `replaces`). CONFLICT with `{what: "season", valid_from, valid_to}` when it overlaps another season of
 * one of them; NOT_FOUND for what is not there.
 */
export function applyDraft(schedule: Schedule, draft: ScheduleDraft): Result<Schedule> {
  if ("week" in draft) {
    const { providerIds, hours } = draft.week;
    const rest = schedule.hours.filter((row) => isDated(row) || !providerIds.includes(row.providerId));
    const rows = rowsOf(providerIds, hours, { validFrom: null, validTo: null });
    return ok({ ...schedule, hours: [...rest, ...rows] });
  }
  if ("season" in draft) return withSeason(schedule, draft.season);
  if ("withoutSeason" in draft) {
    const { providerId, ...dates } = draft.withoutSeason;
    const rest = schedule.hours.filter((row) => row.providerId !== providerId || !isSame(row, dates));
    return rest.length < schedule.hours.length
      ? ok({ ...schedule, hours: rest })
      : err("NOT_FOUND", { what: "season" });
  }
  const id = "exception" in draft ? draft.replacesId : draft.withoutExceptionId;
  const rest = schedule.exceptions.filter((one) => one.id !== id);
  if (id !== undefined && rest.length === schedule.exceptions.length) return err("NOT_FOUND", { what: "exception" });
  const added = "exception" in draft ? [{ ...draft.exception, id: id ?? UNWRITTEN }] : [];
  return ok({ ...schedule, exceptions: [...rest, ...added] });
}

function withSeason(
  schedule: Schedule,
  season: Extract<ScheduleDraft, { season: unknown }>["season"],
): Result<Schedule> {
  const { providerIds, hours, replaces = season, ...dates } = season;
  const isOurs = (row: WrittenHours) => providerIds.includes(row.providerId);
  const rest = schedule.hours.filter((row) => !isOurs(row) || !(isSame(row, replaces) || isSame(row, dates)));
  const other = rest.find((row) => isOurs(row) && isDated(row) && overlaps(row, dates));
  if (other) return err("CONFLICT", { what: "season", validFrom: other.validFrom, validTo: other.validTo });
  return ok({ ...schedule, hours: [...rest, ...rowsOf(providerIds, hours, dates)] });
}

const rowsOf = (
  providerIds: readonly string[],
  hours: readonly Omit<WrittenHours, keyof Dates | "providerId">[],
  dates: Dates,
) =>
  [...new Set(providerIds)].flatMap((providerId) =>
    hours.map(({ weekday, fromTime, toTime }) => ({
      providerId,
      weekday,
      fromTime,
      toTime,
      validFrom: dates.validFrom,
      validTo: dates.validTo,
    })),
  );

/** Whose schedule a draft changes, and on which days; of what it replaces, too. */
export function touchedBy(schedule: Schedule, draft: ScheduleDraft): Touched {
  if ("week" in draft) return { providerIds: draft.week.providerIds, from: null, to: null };
  if ("season" in draft) {
    const { providerIds, validFrom, validTo, replaces } = draft.season;
    return { providerIds, ...hull([validFrom, validTo], [replaces?.validFrom, replaces?.validTo]) };
  }
  if ("withoutSeason" in draft) {
    const { providerId, validFrom, validTo } = draft.withoutSeason;
    return { providerIds: [providerId], from: validFrom, to: validTo };
  }
  const id = "exception" in draft ? draft.replacesId : draft.withoutExceptionId;
  const before = schedule.exceptions.find((one) => one.id === id);
  const after = "exception" in draft ? draft.exception : undefined;
  const both = [before, after].filter((one) => one !== undefined);
  const ids = both.flatMap(({ providerId }) => (providerId === null ? [] : [providerId]));
  return {
    providerIds: ids.length < both.length ? null : ids,
    ...hull([before?.dayFrom, before?.dayTo], [after?.dayFrom, after?.dayTo]),
  };
}

type MaybeDays = readonly [from: string | undefined, to: string | undefined];
function hull(a: MaybeDays, b: MaybeDays): Pick<Touched, "from" | "to"> {
  const days = [...a, ...b].filter((day) => day !== undefined).sort();
  return { from: days[0] ?? null, to: days.at(-1) ?? null };
}
