import dayjs, { type Dayjs } from "dayjs";
import timezone from "dayjs/plugin/timezone";
import utc from "dayjs/plugin/utc";
import { BUFFER_AFTER, HOURS, STEP, VISIT, WORKDAYS, type Month, type OpenSlot } from "./month";

dayjs.extend(utc);
dayjs.extend(timezone);

/**
 * The month as it is written with a date library when nobody counts: every start of every provider's day is a date
 * object, and is compared with the day's visits, which are date objects too.
 */
export function naiveDayjs({ timeZone, first, last, facts }: Month): OpenSlot[] {
  const slots = new Map<number, OpenSlot>();
  for (const { id: providerId } of facts.providers) {
    const visits = (facts.busy.get(providerId) ?? []).map(([from, to]) => ({
      from: dayjs.tz(from * 60_000, timeZone),
      to: dayjs.tz(to * 60_000, timeZone),
    }));
    for (let day = dayjs.utc(first); !day.isAfter(dayjs.utc(last)); day = day.add(1, "day")) {
      if (!WORKDAYS.includes(day.day() === 0 ? 7 : day.day())) continue;
      const date = day.format("YYYY-MM-DD");
      const today = visits.filter(({ from }) => from.format("YYYY-MM-DD") === date);
      for (const [opens, closes] of HOURS) {
        const end = dayjs.tz(`${date} ${closes}`, timeZone);
        let start = dayjs.tz(`${date} ${opens}`, timeZone);
        for (; !start.add(VISIT, "minute").isAfter(end); start = start.add(STEP, "minute"))
          if (isFree(start, today) && !slots.has(start.valueOf()))
            slots.set(start.valueOf(), { startsAt: start.valueOf() / 60_000, providerId });
      }
    }
  }
  return [...slots.values()];
}

function isFree(start: Dayjs, visits: readonly { from: Dayjs; to: Dayjs }[]): boolean {
  const end = start.add(VISIT + BUFFER_AFTER, "minute");
  return !visits.some(({ from, to }) => start.isBefore(to) && end.isAfter(from));
}
