import { z } from "zod";
import { LiveChange } from "@/lib/realtime/schema";

/**
 * One event stream a browser: the tabs of a clinic elect a leader by a lock; it alone holds the EventSource and tells
 * the others over a BroadcastChannel. When the leader closes, the lock passes on. Needs a secure context (or
 * localhost) for the election; without one each tab holds a stream of its own.
 *
 * Nothing is lost and nothing is asked for twice: a stream starts at a place in the feed (`since`) that is no later than
 * what its reader has read or heard. The first starts where the leader's page was made, before that page read anything;
 * one after a refusal, or another tab's, goes on where the last one was.
 */
export type LiveState = "connecting" | "live" | "reconnecting";

const Change = LiveChange.pick({ topic: true, entity_id: true });
export type Change = z.infer<typeof Change>;

/** `place`: how far the leader's stream has got with this note, and with it every tab that hears it. */
const Note = z.discriminatedUnion("type", [
  z.object({ type: z.literal("change"), change: Change, place: z.string() }),
  z.object({ type: z.literal("reset"), place: z.string().optional() }),
  z.object({ type: z.literal("state"), state: z.enum(["connecting", "live", "reconnecting"]), place: z.string() }),
  z.object({ type: z.literal("hello") }),
]);
type Note = z.infer<typeof Note>;

export interface LiveListener {
  onChange: (change: Change) => void;
  /** Something may have been missed: everything is to be read again. */
  onReset: () => void;
  onState: (state: LiveState) => void;
}

const RETRY_FIRST_MS = 1_000;
const RETRY_LONGEST_MS = 30_000;

/** Takes part until the answered function is called. `since`: the place in the feed before anything was read. */
export function joinLive(url: string, since: string, listener: LiveListener): () => void {
  const leaving = new AbortController();
  const others = new BroadcastChannel(`live:${url}`);
  let state: LiveState = "connecting";
  let isLeader = false;
  /** Where the stream of the browser is, once anybody has said so. */
  let place: string | undefined;

  /** What the leader's stream told between the making of this tab's page and its first note here went by unheard. */
  let hasJoined = false;
  const join = (leadersPlace: string) => {
    if (!hasJoined && !isLeader && isLater(leadersPlace, since)) listener.onReset();
    hasJoined = true;
  };

  const hear = (note: Note) => {
    if (note.type !== "hello") place = note.place ?? place;
    if (note.type === "state") join(note.place);
    if (note.type === "change") listener.onChange(note.change);
    if (note.type === "reset") listener.onReset();
    if (note.type === "state") listener.onState((state = note.state));
  };
  const tell = (note: Note) => {
    hear(note);
    others.postMessage(note);
  };

  others.onmessage = (event) => {
    const note = Note.safeParse(event.data);
    if (!note.success) return;
    if (note.data.type !== "hello") hear(note.data);
    else if (isLeader) others.postMessage({ type: "state", state, place: place ?? since } satisfies Note);
  };
  others.postMessage({ type: "hello" } satisfies Note);

  const lead = (isFirst: boolean) => {
    isLeader = true;
    // A leader that left without a word: nobody knows what its stream had told.
    if (!isFirst && place === undefined) tell({ type: "reset" });
    return streamUntil(leaving.signal, { url, since: place ?? since, tell });
  };
  void elect(`live:${url}`, leaving.signal, lead);

  return () => {
    leaving.abort();
    others.close();
  };
}

/** Whether one place in the feed is behind another: transaction, then row, as `formatCursor` writes them. */
function isLater(one: string, other: string): boolean {
  const [[xid = 0n, id = 0n], [otherXid = 0n, otherId = 0n]] = [partsOf(one), partsOf(other)];
  return xid > otherXid || (xid === otherXid && id > otherId);
}

const partsOf = (place: string): bigint[] => (/^(\d+)\.(\d+)/.exec(place)?.slice(1) ?? []).map(BigInt);

/** Runs `lead` in one tab at a time; `isFirst` is false for a tab that takes over from another. */
async function elect(name: string, signal: AbortSignal, lead: (isFirst: boolean) => Promise<void>) {
  if (!("locks" in navigator)) return lead(true);
  const wasFree = await navigator.locks
    .request(name, { ifAvailable: true }, async (lock) => {
      if (lock && !signal.aborted) await lead(true);
      return lock !== null;
    })
    .catch(() => false);
  if (wasFree || signal.aborted) return;
  await navigator.locks.request(name, { signal }, () => lead(false)).catch(() => undefined); // left while waiting
}

interface Stream {
  url: string;
  since: string;
  tell: (note: Note) => void;
}

/** Holds the stream until `signal`. The browser reconnects by itself, except after an error answer: then we do. */
function streamUntil(signal: AbortSignal, { url, since, tell }: Stream): Promise<void> {
  return new Promise((resolve) => {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let waitMs = RETRY_FIRST_MS;
    let place = since;

    const open = () => {
      source = new EventSource(`${url}?${new URLSearchParams({ since: place })}`);
      source.onopen = () => {
        waitMs = RETRY_FIRST_MS;
        tell({ type: "state", state: "live", place });
      };
      source.addEventListener("change", (event) => {
        place = event.lastEventId || place;
        const change = readChange(event.data);
        if (change) tell({ type: "change", change, place });
      });
      source.addEventListener("reset", (event) => {
        place = event.lastEventId || place;
        tell({ type: "reset", place });
      });
      source.onerror = () => {
        tell({ type: "state", state: "reconnecting", place });
        if (source?.readyState !== EventSource.CLOSED) return;
        timer = setTimeout(open, waitMs);
        waitMs = Math.min(waitMs * 2, RETRY_LONGEST_MS);
      };
    };

    const close = () => {
      clearTimeout(timer);
      source?.close();
      resolve();
    };
    if (signal.aborted) return resolve();
    signal.addEventListener("abort", close, { once: true });
    open();
  });
}

function readChange(data: unknown): Change | undefined {
  try {
    return Change.safeParse(JSON.parse(String(data))).data;
  } catch {
    return undefined;
  }
}
