import type { Field } from "../field";
import { LiveScreen } from "../live-screen";
import { pause, waitUntil } from "./pause";
import type { Storm } from "./storms";

const SCREENS = 8;
const RESTARTS = 2;
const AWAY_MS = 300;
const BETWEEN_MS = 1200;
const OFFLINE_MS = 2000;
const LISTENING_WITHIN_MS = 20_000;
const screensOf = new WeakMap<Field, LiveScreen[]>();

/**
 * F35. The server of live screens is killed and started again while everything changes, and some of them are offline for
 * a while: each is told every change once, in order.
 */
export const restarts: Storm = {
  mayFail: true,
  before: async (field) => {
    const url = `${field.appUrl}/api/clinic/${field.place.cast.slug}/events`;
    const { cookies } = field.place.cast;
    const screens = Array.from({ length: SCREENS }, (_, at) => new LiveScreen(url, cookies[at % cookies.length] ?? ""));
    screensOf.set(field, screens);
    const areThere = await waitUntil(() => screens.every(({ began }) => began !== ""), LISTENING_WITHIN_MS);
    return areThere ? [] : ["the live screens never opened"];
  },
  during: async (field) => {
    const offline = (screensOf.get(field) ?? [])
      .slice(0, 2)
      .map((screen, at) => pause((at * OFFLINE_MS) / 2).then(() => screen.goOffline(OFFLINE_MS)));
    for (let restart = 0; restart < RESTARTS; restart++) {
      await pause(field.random.below(BETWEEN_MS));
      await field.web.stop();
      field.cuts += 1;
      await pause(AWAY_MS);
      await field.web.start();
    }
    await Promise.all(offline);
    return [];
  },
  after: async (field) => {
    const screens = screensOf.get(field) ?? [];
    const problems = new Set<string>();
    const told = async () => {
      const all = await changesIn(field);
      problems.clear();
      for (const [at, screen] of screens.entries()) for (const one of wrongWith(screen, all, at)) problems.add(one);
      return problems.size === 0 && all.length > 0;
    };
    if (!(await waitUntil(told)) && problems.size === 0) problems.add("nothing ever changed");
    for (const screen of screens) screen.close();
    return [...problems];
  },
};

/** All changes of the clinic, in order. */
async function changesIn({ database, place }: Field): Promise<string[]> {
  const rows = await database.query<{ place: string }>(
    `select e.xid || '.' || e.id as place from live_events e join clinics c on c.id = e.clinic_id
      where c.slug = $1 order by e.xid, e.id`,
    [place.cast.slug],
  );
  return rows.map((row) => row.place);
}

function wrongWith({ began, seen, resets }: LiveScreen, all: string[], at: number): string[] {
  const due = all.filter((place) => isAfter(place, began));
  const missed = due.filter((place) => !seen.includes(place));
  const doubled = seen.length - new Set(seen).size;
  const problems: string[] = [];
  if (missed.length > 0) problems.push(`screen ${at} missed ${missed.length} of ${due.length} changes`);
  if (doubled > 0) problems.push(`screen ${at} was told ${doubled} changes twice`);
  if (resets > 0) problems.push(`screen ${at} had to begin anew`);
  if (problems.length === 0 && seen.join() !== due.join()) problems.push(`screen ${at} was told in another order`);
  return problems;
}

function isAfter(place: string, began: string): boolean {
  const [[xid = 0n, id = 0n], [fromXid = 0n, fromId = 0n]] = [numbersOf(place), numbersOf(began)];
  return xid > fromXid || (xid === fromXid && id > fromId);
}

const numbersOf = (place: string) => place.split(".").map(BigInt);
