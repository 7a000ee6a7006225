import { z } from "zod";
import { Temporal } from "temporal-polyfill";
import type { Field } from "../field";
import type { Storm } from "./storms";

const ZONES = ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Riyadh"];
const STEP = 15;
/** Booked around each change, half an hour apart. */
const BOOKED = 6;

/**
 * F21. The clinic moves from zone to zone and is open day and night: what it offers around the changes of its clocks are
 * times that its clocks show, each once, and all of them can be booked.
 */
export const clockChanges: Storm = {
  hasTalks: false,
  during: async (field) => {
    await openDayAndNight(field);
    const problems: string[] = [];
    const first = field.random.below(ZONES.length);
    for (const zone of [...ZONES.slice(first), ...ZONES.slice(0, first)]) {
      await field.database.query("update clinics set time_zone = $1 where slug = $2", [zone, field.place.cast.slug]);
      for (const change of changesOf(zone)) problems.push(...(await around(field, zone, change)));
    }
    return problems;
  },
};

async function openDayAndNight({ database, place }: Field): Promise<void> {
  const ids = [place.cast.providerIds];
  await database.query("delete from schedule_hours where provider_id = any($1)", ids);
  await database.query(
    `insert into schedule_hours (id, clinic_id, provider_id, weekday, from_time, to_time)
      select gen_random_uuid(), clinic_id, id, weekday, '00:00', '24:00' from providers, generate_series(1, 7) weekday
      where id = any($1)`,
    ids,
  );
}

/** The next two changes of a zone's clocks; some moment where it has none. */
function changesOf(zone: string): Temporal.ZonedDateTime[] {
  const start = Temporal.Now.zonedDateTimeISO(zone).add({ days: 20 });
  const next = start.getTimeZoneTransition("next");
  const after = next?.add({ days: 1 }).getTimeZoneTransition("next");
  return next && after ? [next, after] : [start.round("hour")];
}

const Offered = z.object({
  data: z.object({
    days: z.array(
      z.object({ day: z.string(), slots: z.array(z.object({ starts_at: z.string(), provider_id: z.string() })) }),
    ),
  }),
});

async function around(field: Field, zone: string, change: Temporal.ZonedDateTime): Promise<string[]> {
  const { cast } = field.place;
  const query = `year=${change.year}&month=${change.month}&service_id=${cast.serviceId}`;
  const answered = await fetch(`${field.appUrl}/api/clinic/${cast.slug}/availability?${query}`, {
    headers: { cookie: cast.cookies[0] ?? "" },
  });
  const { days } = Offered.parse(await answered.json()).data;
  const day = change.toPlainDate().toString();
  const slots = days.find((one) => one.day === day)?.slots ?? [];
  const shown = slots.map(({ starts_at: at }) => wallOf(at, zone));
  const exist = clockOf(change);
  const problems = shown.filter((wall) => !exist.has(wall)).map((wall) => `${zone}: ${wall} is not on any clock`);
  if (new Set(shown).size !== shown.length) problems.push(`${zone}, ${day}: a time is offered twice`);
  if (exist.size > shown.length) problems.push(`${zone}, ${day}: ${shown.length} of ${exist.size} times are offered`);
  const near = slots
    .filter((_, at) => at % 2 === 0)
    .toSorted((a, b) => away(a.starts_at, change) - away(b.starts_at, change))
    .slice(0, BOOKED);
  const told = near.map(({ starts_at: startsAt, provider_id: providerId }) =>
    field.desks.book(`${zone}-${startsAt}`, { startsAt, providerId }),
  );
  const refused = (await Promise.all(told)).filter(({ status }) => status !== 201);
  return [...problems, ...refused.map(({ answer }) => `${zone}, ${day}: what was offered was refused: ${answer}`)];
}

const away = (at: string, change: Temporal.ZonedDateTime) => Math.abs(Date.parse(at) - change.epochMilliseconds);

/** By another library than the product's. */
const wallOf = (at: string, zone: string) =>
  new Intl.DateTimeFormat("sv", { timeZone: zone, dateStyle: "short", timeStyle: "short" }).format(new Date(at));

/** Every quarter of an hour that the clocks of that zone show on that day. */
function clockOf(change: Temporal.ZonedDateTime): Set<string> {
  const [from, to] = [change.startOfDay(), change.startOfDay().add({ days: 1 }).startOfDay()];
  const walls = new Set<string>();
  for (let at = from.epochMilliseconds; at < to.epochMilliseconds; at += STEP * 60_000)
    walls.add(wallOf(new Date(at).toISOString(), change.timeZoneId));
  return walls;
}
