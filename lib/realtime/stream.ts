import type { ClinicContext } from "@/lib/core/context";
import { log } from "@/lib/core/log";
import { formatCursor, isKept, parseCursor, readEnd, readFeed, type Cursor } from "./feed";
import { listener } from "./listener";

const HEARTBEAT_MS = 15_000;
/** Looks without being woken: a lost notification delays a screen by this much and no more. */
const POLL_MS = 10_000;
/** Rows that wait for another transaction to end are looked for again after this, longer each time. */
const BEHIND_MS = 25;
const BEHIND_LONGEST_MS = 1_000;
/** A session is checked again this often; a removed member's stream ends within it. */
const RECHECK_MS = 4_000;

interface Shared {
  chairsideStreams?: Set<() => void>;
}
const shared: Shared = globalThis as Shared;
// The build gives the start of the server and the routes a copy of this module each: the set is the process's.
const closers = (shared.chairsideStreams ??= new Set());

/** Ends every stream of the process: an open one would keep the server from stopping. */
export function closeStreams(): void {
  for (const close of closers) close();
}

/**
 * A clinic's changes as server-sent events: `change` with an id to resume from, or `reset` when what was missed is
 * no longer kept. `isStillAllowed` is asked every few seconds; the stream ends when it says no.
 */
export async function openStream(
  ctx: ClinicContext,
  lastEventId: string | null,
  signal: AbortSignal,
  isStillAllowed: () => Promise<boolean>,
): Promise<Response> {
  const resumed = parseCursor(lastEventId);
  const mustReset = lastEventId !== null && (!resumed || !(await isKept(ctx, resumed)));
  const start = resumed && !mustReset ? resumed : await readEnd(ctx);
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => run(ctx, controller, { start, mustReset, signal, isStillAllowed }),
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "content-encoding": "none",
      "x-accel-buffering": "no",
    },
  });
}

interface Run {
  start: Cursor;
  mustReset: boolean;
  signal: AbortSignal;
  isStillAllowed: () => Promise<boolean>;
}

function run(ctx: ClinicContext, controller: ReadableStreamDefaultController<Uint8Array>, how: Run): void {
  const encoder = new TextEncoder();
  let cursor = how.start;
  let isOpen = true;
  let isReading = false;
  let isDirty = false;
  let behindMs = BEHIND_MS;
  let again: NodeJS.Timeout | undefined;

  const send = (text: string) => {
    if (isOpen) controller.enqueue(encoder.encode(text));
  };
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    unsubscribe();
    for (const timer of timers) clearInterval(timer);
    clearTimeout(again);
    closers.delete(close);
    how.signal.removeEventListener("abort", close);
    try {
      controller.close();
    } catch {
      // The client has cancelled the stream already.
    }
  };
  const pump = async () => {
    isDirty = true;
    if (isReading) return;
    isReading = true;
    try {
      while (isDirty && isOpen) {
        isDirty = false;
        const { changes, isBehind } = await readFeed(ctx, cursor);
        lookAgain(isBehind, changes.length > 0);
        for (const change of changes) {
          cursor = change.cursor;
          const id = formatCursor(cursor);
          const data = JSON.stringify({ id, topic: change.topic, entity_id: change.entityId });
          send(`id: ${id}\nevent: change\ndata: ${data}\n\n`);
          isDirty = true; // there may be more than one page
        }
      }
    } catch (error) {
      log.warn({ error, clinic: ctx.clinic.id }, "live feed not read");
    } finally {
      isReading = false;
    }
  };
  const lookAgain = (isBehind: boolean, hasMoved: boolean) => {
    clearTimeout(again);
    behindMs = isBehind && !hasMoved ? Math.min(behindMs * 2, BEHIND_LONGEST_MS) : BEHIND_MS;
    if (isBehind && isOpen) again = setTimeout(() => void pump(), behindMs);
  };
  const recheck = async () => {
    if (!(await how.isStillAllowed().catch(() => true))) close();
  };

  const unsubscribe = listener().subscribe(ctx.clinic.id, () => void pump());
  const timers = [
    setInterval(() => send(": still here\n\n"), HEARTBEAT_MS),
    setInterval(() => void pump(), POLL_MS),
    setInterval(() => void recheck(), RECHECK_MS),
  ];
  closers.add(close);
  if (how.signal.aborted) return close();
  how.signal.addEventListener("abort", close);
  send(`retry: 2000\nid: ${formatCursor(cursor)}\n${how.mustReset ? "event: reset\ndata: {}\n" : ": hello\n"}\n`);
  void pump();
}
