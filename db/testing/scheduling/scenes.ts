import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { plansAt, type Facts, type ServicePlan } from "@/lib/scheduling/availability";
import { addDays } from "@/lib/core/zone";
import { fullDays } from "@/lib/scheduling/daily-caps";
import { calendarDays, wallStarts, type ScheduleException, type WeeklyHours } from "@/lib/scheduling/open-hours";
import type { Span } from "@/lib/scheduling/spans";
import { referenceOf, wallOf, type Caps } from "./reference";

/**
 * Zones with and without clock changes, a half-hour change, offsets that are no whole hours, and a day that never was;
 * each month with the day of its change.
 */
const MONTHS = [
  ["America/New_York", "2026-03", 8],
  ["America/New_York", "2026-11", 1],
  ["Europe/Berlin", "2026-03", 29],
  ["Europe/Berlin", "2026-10", 25],
  ["Asia/Riyadh", "2026-03", 1],
  ["Australia/Lord_Howe", "2026-04", 5],
  ["Australia/Lord_Howe", "2026-10", 4],
  ["Asia/Kathmandu", "2026-05", 1],
  ["Pacific/Apia", "2021-04", 4],
  ["Pacific/Apia", "2011-12", 30],
] as const;

export const hhmm = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const stretch = fc
  .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 40 }))
  .map(([from, length]) => ({ fromTime: hhmm(from * 15), toTime: hhmm(Math.min(1440, (from + length) * 15)) }));
const dayOf = (month: string) =>
  fc.integer({ min: 1, max: 28 }).map((day) => `${month}-${String(day).padStart(2, "0")}`);

/** Undated rows, and of one provider in two also a season's. */
const hoursIn = (month: string): fc.Arbitrary<WeeklyHours[]> => {
  const row = fc.record({ span: stretch, weekday: fc.integer({ min: 1, max: 7 }) });
  const rows = (most: number) => fc.array(row, { minLength: 2, maxLength: most });
  const season = fc.record({ validFrom: fc.option(dayOf(month)), validTo: fc.option(dayOf(month)), rows: rows(5) });
  return fc.record({ weekly: rows(9), season: fc.option(season) }).map(({ weekly, season: dated }) => [
    ...weekly.map(({ span, weekday }) => ({ weekday, ...span, validFrom: null, validTo: null })),
    ...(dated?.rows ?? []).map(({ span, weekday }) => ({
      ...{ weekday, ...span, validFrom: dated?.validFrom ?? null, validTo: dated?.validTo ?? null },
    })),
  ]);
};

const exceptionIn = (month: string, ids: readonly string[]): fc.Arbitrary<ScheduleException> =>
  fc
    .record({
      providerId: fc.option(fc.constantFrom(...ids)),
      kind: fc.constantFrom("closed", "extra"),
      dayFrom: dayOf(month),
      length: fc.integer({ min: 0, max: 3 }),
      span: fc.option(stretch),
    })
    .map(({ span, length, ...row }) => ({
      ...row,
      dayTo: Temporal.PlainDate.from(row.dayFrom).add({ days: length }).toString(),
      fromTime: span?.fromTime ?? null,
      toTime: span?.toTime ?? null,
    }));

const SERVICES: fc.Arbitrary<ServicePlan> = fc
  .record({
    durationMinutes: fc.constantFrom(20, 30, 45, 60),
    bufferBeforeMinutes: fc.constantFrom(0, 5),
    bufferAfterMinutes: fc.constantFrom(0, 10),
    lead: fc.constantFrom("whole", "parts", "unnamed"),
    helpers: fc.uniqueArray(fc.constantFrom("dentist", "hygienist"), { maxLength: 2 }),
    hasChair: fc.boolean(),
  })
  .map(({ lead, helpers, hasChair, ...service }) => {
    const { durationMinutes: end } = service;
    const leads = { whole: [[0, end]], parts: [[0, 5], [10, end]], unnamed: [] }[lead]; // prettier-ignore
    return {
      ...service,
      segments: [
        ...leads.map(([fromMinute = 0, toMinute = end]) => ({ role: "lead" as const, fromMinute, toMinute })),
        ...helpers.map((role) => ({ role, fromMinute: 10, toMinute: 20 })),
        ...(hasChair ? [{ role: "operatory" as const, fromMinute: 0, toMinute: end }] : []),
      ],
    };
  });

const PROVIDERS = ["p1", "p2", "p3"];
const CHAIRS = ["o1", "o2"];
const SERVICE = "this service";

const scenes = fc.constantFrom(...MONTHS).chain(([timeZone, month, change]) => {
  const days = calendarDays(`${month}-01`, addDays(`${month}-28`, 5), timeZone);
  const [first, last] = [days[0]?.from ?? 0, days.at(-1)?.to ?? 0];
  const minute = fc.integer({ min: first, max: last });
  const busy = fc
    .array(fc.tuple(minute, fc.oneof(fc.integer({ min: 5, max: 180 }), fc.constant(2000))), { maxLength: 25 })
    .map((rows) => rows.map(([from, length]): Span => [from, from + length]));
  const visit = { at: minute, providerId: fc.constantFrom(...PROVIDERS), serviceId: fc.constantFrom(SERVICE, "other") };
  const cap = fc.option(fc.integer({ min: 1, max: 2 }), { freq: 2 });
  return fc.record({
    ...{ timeZone: fc.constant(timeZone), days: fc.constant(days), service: SERVICES },
    kinds: fc.tuple(...PROVIDERS.map(() => fc.constantFrom("dentist", "hygienist"))),
    leads: fc.tuple(...PROVIDERS.map(() => fc.boolean())),
    hours: fc.tuple(...PROVIDERS.map(() => hoursIn(month))),
    exceptions: fc.array(exceptionIn(month, PROVIDERS), { maxLength: 4 }),
    busy: fc.tuple(...[...PROVIDERS, ...CHAIRS].map(() => busy)),
    caps: fc.record({ ofService: cap, ofProvider: fc.tuple(...PROVIDERS.map(() => cap)) }),
    visits: fc.array(fc.record(visit), { maxLength: 20 }),
    firstDay: fc.oneof(fc.integer({ min: 0, max: 27 }), fc.constantFrom(Math.max(0, change - 2), change - 1)),
    step: fc.constantFrom(10, 15, 30),
  });
});
export type Scene = typeof scenes extends fc.Arbitrary<infer T> ? T : never;
export { scenes };

/** Two days of a scene: what the engine offers on them, and what the reference would. */
export function playScene(scene: Scene) {
  const { timeZone, step } = scene;
  const days = scene.days.slice(scene.firstDay, scene.firstDay + 2);
  const range = [days[0]?.from ?? 0, days.at(-1)?.to ?? 0] as const;
  const facts = factsOf(scene);
  const starts = wallStarts(days, step, range, timeZone).map(({ startsAt }) => startsAt);
  return {
    facts,
    range,
    plans: plansAt(facts, starts),
    reference: () => referenceOf(facts, range, step, capsOf(scene)),
  };
}

const capsOf = ({ caps, visits }: Scene): Caps => ({
  ...{ serviceId: SERVICE, ofService: caps.ofService, visits },
  ofProvider: Object.fromEntries(PROVIDERS.map((id, index) => [id, caps.ofProvider[index] ?? null])),
});

function factsOf(scene: Scene): Facts {
  const { timeZone, days, visits, caps } = scene;
  const counts = visits.map(({ at, ...visit }) => ({ ...visit, day: wallOf(at, timeZone).day, visits: 1 }));
  const full = (providerId: string, index: number) =>
    fullDays(days, counts, {
      ...{ providerId, ofProvider: caps.ofProvider[index] ?? null },
      ...{ serviceId: SERVICE, ofService: caps.ofService },
    });
  return {
    timeZone,
    service: scene.service,
    providers: PROVIDERS.map((id, index) => ({
      ...{ id, kind: scene.kinds[index] ?? "dentist", mayLead: scene.leads[index] ?? false },
      hours: scene.hours[index] ?? [],
    })),
    ...{ operatoryIds: CHAIRS, preferredIds: [], exceptions: scene.exceptions },
    busy: new Map([...PROVIDERS, ...CHAIRS].map((id, index) => [id, scene.busy[index] ?? []])),
    full: new Map(PROVIDERS.map((id, index) => [id, full(id, index)])),
  };
}
