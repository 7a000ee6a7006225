import type { Appointment, Provider } from "./queries";
import { minutesOf, wallOf } from "./wall";

/** One visit in one provider's column, in minutes of the clinic's clock. */
export interface Block {
  visit: Appointment;
  from: number;
  to: number;
  /** Of blocks that overlap each takes a lane of equal width. */
  lane: number;
  lanes: number;
}

export interface Column {
  provider: Provider;
  blocks: Block[];
  hours: { from: number; to: number }[];
}

export interface DayLayout {
  columns: Column[];
  /** Full hours that hold all working hours and visits, in minutes. */
  from: number;
  to: number;
}

const DAY_MINUTES = 1440;
const DEFAULT_FROM = 8 * 60;
const DEFAULT_TO = 18 * 60;
/** A shorter block can't be read or hit: it takes the room of this many minutes. */
const SHORTEST = 20;
const NOT_SHOWN = new Set<string>(["cancelled", "expired"]);

export const isShown = (visit: Appointment, isWithCancelled: boolean): boolean =>
  isWithCancelled || !NOT_SHOWN.has(visit.state);

/** The day as columns by provider. Providers without hours and visits that day are left out, unless nobody has any. */
export function layOut(day: string, timeZone: string, providers: Provider[], visits: Appointment[]): DayLayout {
  const all = providers.map((provider) => columnOf(day, timeZone, provider, visits));
  const atWork = all.filter((column) => column.hours.length > 0 || column.blocks.length > 0);
  const columns = atWork.length > 0 ? atWork : all;
  const spans = columns.flatMap((column) => [...column.hours, ...column.blocks]);
  const first = Math.min(...spans.map((span) => span.from), spans.length > 0 ? DAY_MINUTES : DEFAULT_FROM);
  const last = Math.max(...spans.map((span) => span.to), spans.length > 0 ? 0 : DEFAULT_TO);
  return { columns, from: Math.floor(first / 60) * 60, to: Math.min(DAY_MINUTES, Math.ceil(last / 60) * 60) };
}

function columnOf(day: string, timeZone: string, provider: Provider, visits: Appointment[]): Column {
  const parts = visits.flatMap((visit) => {
    const own = visit.segments.find((segment) => segment.resource_id === provider.id);
    const part = own ?? (visit.provider.id === provider.id ? visit : undefined);
    return part ? [{ visit, ...spanOf(part, day, timeZone) }] : [];
  });
  const hours = provider.hours_today.map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) }));
  return { provider, hours, blocks: inLanes(parts) };
}

/** What of a stretch of time falls on the day; the rest of it belongs to another day's view. */
function spanOf(part: { starts_at: string; ends_at: string }, day: string, timeZone: string) {
  const start = wallOf(part.starts_at, timeZone);
  const end = wallOf(part.ends_at, timeZone);
  const from = start.day < day ? 0 : start.minutes;
  const to = end.day > day ? DAY_MINUTES : end.minutes;
  return { from, to: Math.max(to, from + SHORTEST) };
}

/** Gives overlapping blocks lanes side by side; each cluster of overlaps has its own number of lanes. */
export function inLanes(parts: Omit<Block, "lane" | "lanes">[]): Block[] {
  const sorted = [...parts].sort((a, b) => a.from - b.from || b.to - a.to || (a.visit.id < b.visit.id ? -1 : 1));
  const done: Block[] = [];
  let cluster: Block[] = [];
  let clusterEnd = -1;
  const close = () => {
    const lanes = Math.max(0, ...cluster.map((block) => block.lane + 1));
    done.push(...cluster.map((block) => ({ ...block, lanes })));
    cluster = [];
  };
  for (const part of sorted) {
    if (part.from >= clusterEnd) close();
    const busy = new Set(cluster.filter((block) => block.to > part.from).map((block) => block.lane));
    let lane = 0;
    while (busy.has(lane)) lane++;
    cluster.push({ ...part, lane, lanes: 1 });
    clusterEnd = Math.max(clusterEnd, part.to);
  }
  close();
  return done;
}
