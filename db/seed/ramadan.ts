import { addDays, dayIn } from "@/lib/core/zone";
import type { scheduleHours } from "@/db/schema/resources";
import type { Maker } from "@/db/testing/rows";
import type { Blueprint } from "./blueprint";

/** By the calendar of Umm al-Qura, which Saudi clinics go by. */
const HIJRI = new Intl.DateTimeFormat("en-u-ca-islamic-umalqura-nu-latn", { month: "numeric", timeZone: "UTC" });
const RAMADAN = "9";
const known = new Map<string, boolean>();

export function isInRamadan(day: string): boolean {
  const before = known.get(day);
  if (before !== undefined) return before;
  const month = HIJRI.formatToParts(new Date(`${day}T12:00:00Z`)).find(({ type }) => type === "month")?.value;
  known.set(day, month === RAMADAN);
  return month === RAMADAN;
}

/** The first and last day of the Ramadan that it is, or of the next one. */
export function ramadanFrom(today: string): { validFrom: string; validTo: string } {
  let validFrom = today;
  while (!isInRamadan(validFrom)) validFrom = addDays(validFrom, 1);
  while (isInRamadan(addDays(validFrom, -1))) validFrom = addDays(validFrom, -1);
  let validTo = validFrom;
  while (isInRamadan(addDays(validTo, 1))) validTo = addDays(validTo, 1);
  return { validFrom, validTo };
}

/** A season of Ramadan hours on the working days of every provider, where the clinic has such hours. */
export function ramadanHours({ clinicId, id }: Maker, blueprint: Blueprint, idOf: (key: string) => string, now: Date) {
  const { ramadan } = blueprint;
  if (!ramadan) return [];
  const dates = ramadanFrom(dayIn(now, blueprint.clinic.timeZone));
  return blueprint.providers.flatMap(({ key, hours }) =>
    Object.keys(hours).flatMap((weekday) =>
      ramadan.map(
        ([fromTime, toTime]): typeof scheduleHours.$inferInsert => ({
          ...dates,
          id: id(),
          clinicId,
          providerId: idOf(key),
          weekday: Number(weekday),
          fromTime,
          toTime,
        }),
      ),
    ),
  );
}
