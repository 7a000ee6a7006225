import type { ClinicContext } from "@/lib/core/context";
import { log } from "@/lib/core/log";
import { ClinicFeed } from "./clinic-feed";
import { formatCursor, isKept, parseCursor, readEnd, readFeed, type Change, type Cursor } from "./feed";

const HEARTBEAT_MS = 15_000;
const encoder = new TextEncoder();
const STILL_HERE = encoder.encode(": still here\n\n");

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

/** Ends what it is given when the listener is no longer allowed; answers what stops the watching. */
export type Watch = (end: () => void) => () => void;

/**
 * A clinic's changes as server-sent events: `change` with an id to resume from, or `reset` when what was missed is
 * no longer kept. `watch` is given what ends the stream, and answers what stops the watching.
 */
export async function openStream(
  ctx: ClinicContext,
  lastEventId: string | null,
  signal: AbortSignal,
  watch: Watch,
): Promise<Response> {
  const resumed = parseCursor(lastEventId);
  const mustReset = lastEventId !== null && (!resumed || !(await isKept(ctx, resumed)));
  const start = resumed && !mustReset ? resumed : await readEnd(ctx);
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => run(ctx, controller, { start, mustReset, signal, watch }),
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
  watch: Watch;
}

function run(ctx: ClinicContext, controller: ReadableStreamDefaultController<Uint8Array>, how: Run): void {
  let cursor = how.start;
  let isOpen = true;
  /** Until the stream has caught up, what is delivered is only a reason to read once more. */
  let isCatchingUp = true;
  let hasNews = false;

  const send = (bytes: Uint8Array) => {
    if (isOpen) controller.enqueue(bytes);
  };
  const tell = (changes: Change[]) => {
    const last = changes.at(-1);
    const [first] = changes;
    if (!first || !last || !isAfter(last.cursor, cursor)) return;
    const isAllNew = isAfter(first.cursor, cursor);
    const fresh = isAllNew ? changes : changes.filter((change) => isAfter(change.cursor, cursor));
    cursor = last.cursor;
    send(framesOf(fresh));
  };
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    feed.leave();
    clearInterval(heartbeat);
    closers.delete(close);
    unwatch();
    how.signal.removeEventListener("abort", close);
    try {
      controller.close();
    } catch {
      // The client has cancelled the stream already.
    }
  };
  const catchUp = async () => {
    await feed.ready;
    do {
      hasNews = false;
      const { changes } = await readFeed(ctx, cursor);
      tell(changes);
      hasNews ||= changes.length > 0; // there may be more than one page
    } while (isOpen && hasNews);
    isCatchingUp = false;
  };

  const feed = ClinicFeed.join(ctx, (changes) => {
    hasNews = true;
    if (!isCatchingUp) tell(changes);
  });
  const heartbeat = setInterval(() => send(STILL_HERE), HEARTBEAT_MS);
  const unwatch = how.watch(close);
  closers.add(close);
  if (how.signal.aborted) return close();
  how.signal.addEventListener("abort", close);
  const hello = how.mustReset ? "event: reset\ndata: {}\n" : ": hello\n";
  send(encoder.encode(`retry: 2000\nid: ${formatCursor(cursor)}\n${hello}\n`));
  void catchUp().catch((error: unknown) => {
    log.warn({ error, clinic: ctx.clinic.id }, "live stream not caught up"); // the browser comes again and resumes
    close();
  });
}

const isAfter = (one: Cursor, other: Cursor): boolean =>
  one.xid > other.xid || (one.xid === other.xid && one.id > other.id);

const frames = new WeakMap<readonly Change[], Uint8Array>();

/** The words of what was read together, made once for all streams that say them, and written to each in one piece. */
function framesOf(changes: readonly Change[]): Uint8Array {
  const made = frames.get(changes);
  if (made) return made;
  const frame = encoder.encode(changes.map(frameOf).join(""));
  frames.set(changes, frame);
  return frame;
}

function frameOf({ cursor, topic, entityId }: Change): string {
  const id = formatCursor(cursor);
  return `id: ${id}\nevent: change\ndata: ${JSON.stringify({ id, topic, entity_id: entityId })}\n\n`;
}
