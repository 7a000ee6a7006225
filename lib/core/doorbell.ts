import { env } from "./env";
import { log } from "./log";

/** An event as `inngest/events` makes it: `turnDue.create({ clinicId, conversationId })`. Ids only. */
export interface Doorbell {
  name: string;
  data: Record<string, unknown>;
}

const GATHER_MS = 5;
/** A bell that has just been rung isn't rung again sooner: in a crowd it would ring all the time. */
const APART_MS = 25;
const TIMEOUT_MS = 3000;

const waiting = new Map<string, Doorbell>();
const inFlight = new Set<Promise<void>>();
let timer: NodeJS.Timeout | undefined;
let dueAt = Infinity;
let last = { at: -Infinity, keys: new Set<string>() };
let isDown = false;

/**
 * Rings after a commit and returns at once. Equal events of the next few milliseconds travel as one (in a crowd those of
 * 25 ms), always after the last of them was rung, so that none of their rows is missed. A lost ring is not an error: it
 * is logged once, and the sweeps ring again from the tables.
 */
export function ring(event: Doorbell): void {
  if (!eventUrl()) return;
  const key = `${event.name} ${JSON.stringify(event.data)}`;
  if (waiting.has(key)) return;
  waiting.set(key, { name: event.name, data: event.data });
  const now = performance.now();
  const at = last.keys.has(key) ? Math.max(now + GATHER_MS, last.at + APART_MS) : now + GATHER_MS;
  if (at >= dueAt) return;
  clearTimeout(timer);
  dueAt = at;
  timer = setTimeout(send, at - now);
}

/** Resolves when everything rung so far has been sent or given up; for scripts that end, and tests. */
export async function ringsSent(): Promise<void> {
  if (timer) send();
  await Promise.all(inFlight);
}

function send(): void {
  clearTimeout(timer);
  timer = undefined;
  dueAt = Infinity;
  const events = [...waiting.values()];
  last = { at: performance.now(), keys: new Set(waiting.keys()) };
  waiting.clear();
  const sending = post(events)
    .then(() => report(undefined))
    .catch(report)
    .finally(() => inFlight.delete(sending));
  inFlight.add(sending);
}

async function post(events: Doorbell[]): Promise<void> {
  const url = eventUrl();
  if (!url || events.length === 0) return;
  // crashpoint("K3")
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(events),
    cache: "no-store",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await answer.arrayBuffer(); // read to the end, so that the connection is kept
  if (!answer.ok) throw new Error(`the event API answered ${answer.status}`);
}

/** One line when ringing begins to fail and one when it works again, however many rings that was. */
function report(error: unknown): void {
  if (error !== undefined && !isDown) log.warn({ error }, "doorbell not heard");
  if (error === undefined && isDown) log.info("doorbell heard again");
  isDown = error !== undefined;
}

/** Where events go, as the SDK would send them; undefined when nothing listens (tests, scripts). */
function eventUrl(): string | undefined {
  const { CHAIRSIDE_DEV, INNGEST_DEV, INNGEST_BASE_URL, INNGEST_EVENT_KEY } = env();
  const isDev = CHAIRSIDE_DEV && INNGEST_DEV !== undefined && INNGEST_DEV !== "0";
  if (!isDev) return INNGEST_BASE_URL && INNGEST_EVENT_KEY ? `${INNGEST_BASE_URL}/e/${INNGEST_EVENT_KEY}` : undefined;
  const server = URL.canParse(INNGEST_DEV) ? INNGEST_DEV : "http://localhost:8288";
  return `${server.replace(/\/+$/, "")}/e/${INNGEST_EVENT_KEY ?? "dev"}`;
}
