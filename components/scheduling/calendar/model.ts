import type { Appointment, Calendar } from "../queries";
import { addDays, minutesOf, wallOf } from "../wall";

/** What the calendar's columns stand for. */
export const COLUMNS_BY = ["provider", "chair"] as const;
export type ColumnsBy = (typeof COLUMNS_BY)[number];

/** The column of visits that need no chair. */
export const NO_CHAIR = "none";

export interface Column {
  id: string;
  /** Empty for the column of visits that need no chair. */
  name: string;
  color?: string;
  count: number;
}

/** One visit in one column; minutes count from midnight on the clinic's clock. */
export interface Card {
  id: string;
  visit: Appointment;
  columnId: string;
  day: string;
  from: number;
  to: number;
  /** The visit's own time, start to end, by its lead: what can be moved and made longer. */
  isLead: boolean;
}

/** Time that is no open time in a column. */
export interface Shade {
  id: string;
  kind: "closed" | "off" | "busy";
  columnId: string;
  day: string;
  from: number;
  to: number;
  words?: string | undefined;
}

export interface Sheet {
  by: ColumnsBy;
  days: string[];
  columns: Column[];
  cards: Card[];
  shades: Shade[];
  /** Full hours that hold all open hours and visits, in minutes. */
  from: number;
  to: number;
  /** Of the visits in question, how many are cancelled, shown or not. */
  cancelled: number;
}

export interface SheetAsk {
  days: string[];
  by: ColumnsBy;
  timeZone: string;
  /** Only these columns; all without. */
  only: readonly string[];
  /** Only visits for these services; all without. */
  services: readonly string[];
  isWithCancelled: boolean;
}

const DAY_MINUTES = 1440;
const DEFAULT_FROM = 8 * 60;
const DEFAULT_TO = 18 * 60;
/** A shorter card can't be read or hit: it takes the room of this many minutes. */
const SHORTEST = 15;

/** What stands where. Columns without open hours and visits are left out, unless they are asked for or none has any. */
export function layOut(calendar: Calendar, ask: SheetAsk): Sheet {
  const { days, by, services, isWithCancelled } = ask;
  const wanted = calendar.visits.filter(({ service }) => services.length === 0 || services.includes(service.id));
  const visits = wanted.filter(({ state }) => isWithCancelled || state !== "cancelled");
  const all = by === "provider" ? providerColumns(calendar) : chairColumns(calendar, visits);
  const cards = visits.flatMap((visit) => cardsOf(visit, all, ask));
  const shades = by === "provider" ? shadesOf(calendar, days, ask.timeZone) : [];
  const open = openSpans(calendar, days);
  const isAtWork = ({ id }: Column) =>
    by === "chair" || cards.some(({ columnId }) => columnId === id) || open.some(({ columnId }) => columnId === id);
  const chosen = ask.only.length > 0 ? all.filter(({ id }) => ask.only.includes(id)) : all.filter(isAtWork);
  const columns = chosen.length > 0 ? chosen : all;
  const shown = new Set(columns.map(({ id }) => id));
  const ownCards = cards.filter(({ columnId }) => shown.has(columnId));
  const hours = by === "provider" ? open.filter(({ columnId }) => shown.has(columnId)) : open;
  return {
    by,
    days,
    columns: columns.map((column) => ({ ...column, count: countIn(column, ownCards) })),
    cards: ownCards,
    shades: shades.filter(({ columnId }) => shown.has(columnId)),
    ...hoursAround([...hours, ...ownCards]),
    cancelled: wanted.filter(({ state }) => state === "cancelled").length,
  };
}

const countIn = ({ id }: Column, cards: readonly Card[]) =>
  cards.filter(({ columnId, visit }) => columnId === id && visit.state !== "cancelled").length;

function hoursAround(spans: readonly { from: number; to: number }[]): Pick<Sheet, "from" | "to"> {
  if (spans.length === 0) return { from: DEFAULT_FROM, to: DEFAULT_TO };
  const first = Math.min(...spans.map(({ from }) => from));
  const last = Math.max(...spans.map(({ to }) => to));
  return { from: Math.floor(first / 60) * 60, to: Math.min(DAY_MINUTES, Math.ceil(last / 60) * 60) };
}

const providerColumns = ({ providers }: Calendar): Column[] =>
  providers.map(({ id, name, color }) => ({ id, name, count: 0, ...(color ? { color } : {}) }));

function chairColumns({ operatories }: Calendar, visits: readonly Appointment[]): Column[] {
  const chairs = operatories.map(({ id, name }) => ({ id, name, count: 0 }));
  return visits.some(({ operatory }) => !operatory) ? [...chairs, { id: NO_CHAIR, name: "", count: 0 }] : chairs;
}

/** A visit stands in the column of its lead, and of each helper at the helper's own time; or of its chair. */
function cardsOf(visit: Appointment, columns: readonly Column[], { by, days, timeZone }: SheetAsk): Card[] {
  const card = (columnId: string, part: { starts_at: string; ends_at: string }, isLead: boolean): Card[] => {
    const span = spanOf(part, timeZone);
    return days.includes(span.day) ? [{ id: `${visit.id}.${columnId}`, visit, columnId, isLead, ...span }] : [];
  };
  if (by === "chair") return card(visit.operatory?.id ?? NO_CHAIR, visit, true);
  return columns.flatMap(({ id }) => {
    const own = visit.segments.find(({ resource_id }) => resource_id === id);
    if (id === visit.provider.id) return card(id, own ?? visit, true);
    return own ? card(id, own, false) : [];
  });
}

function spanOf(part: { starts_at: string; ends_at: string }, timeZone: string) {
  const [start, end] = [wallOf(part.starts_at, timeZone), wallOf(part.ends_at, timeZone)];
  const to = end.day > start.day ? DAY_MINUTES : end.minutes;
  return { day: start.day, from: start.minutes, to: Math.max(to, start.minutes + SHORTEST) };
}

const openSpans = ({ providers }: Calendar, days: readonly string[]) =>
  providers.flatMap((provider) =>
    provider.days
      .filter(({ day }) => days.includes(day))
      .flatMap(({ day, hours }) =>
        hours.map(({ from, to }) => ({ columnId: provider.id, day, from: minutesOf(from), to: minutesOf(to) })),
      ),
  );

function shadesOf(calendar: Calendar, days: readonly string[], timeZone: string): Shade[] {
  const open = openSpans(calendar, days);
  return calendar.providers.flatMap(({ id: columnId }) =>
    days.flatMap((day) => [
      ...closedBetween(open.filter((span) => span.columnId === columnId && span.day === day)).map(([from, to]) => ({
        ...{ id: `closed.${columnId}.${day}.${from}`, kind: "closed" as const, columnId, day, from, to },
      })),
      ...timeOffOn(calendar, columnId, day),
      ...busyOn(calendar, columnId, day, timeZone),
    ]),
  );
}

/** What is left of a day between open spans, which come in order. */
function closedBetween(open: readonly { from: number; to: number }[]): [number, number][] {
  const edges = [0, ...open.flatMap(({ from, to }) => [from, to]), DAY_MINUTES];
  const pairs = Array.from({ length: edges.length / 2 }, (_, at) => [edges[2 * at] ?? 0, edges[2 * at + 1] ?? 0]);
  return pairs.flatMap(([from = 0, to = 0]): [number, number][] => (from < to ? [[from, to]] : []));
}

const timeOffOn = ({ time_off }: Calendar, columnId: string, day: string): Shade[] =>
  time_off
    .filter((off) => (off.provider_id ?? columnId) === columnId && off.day_from <= day && day <= off.day_to)
    .map((off) => ({
      id: `off.${columnId}.${day}.${off.id}`,
      kind: "off",
      columnId,
      day,
      from: off.from_time ? minutesOf(off.from_time) : 0,
      to: off.to_time ? minutesOf(off.to_time) : DAY_MINUTES,
      words: off.reason ?? undefined,
    }));

const busyOn = ({ busy }: Calendar, columnId: string, day: string, timeZone: string): Shade[] =>
  busy
    .filter(({ provider_id }) => provider_id === columnId)
    .flatMap((span) => {
      const [start, end] = [wallOf(span.starts_at, timeZone), wallOf(span.ends_at, timeZone)];
      if (start.day > day || end.day < day) return [];
      const [from, to] = [start.day < day ? 0 : start.minutes, end.day > day ? DAY_MINUTES : end.minutes];
      return from < to
        ? [{ id: `busy.${columnId}.${day}.${from}`, kind: "busy" as const, columnId, day, from, to }]
        : [];
    });

/** The week that a day is in, by the clinic's first day of the week (ISO: Monday 1 … Sunday 7). */
export function weekOf(day: string, weekStart: number): string[] {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay() || 7;
  const first = addDays(day, -((weekday - weekStart + 7) % 7));
  return Array.from({ length: 7 }, (_, at) => addDays(first, at));
}
