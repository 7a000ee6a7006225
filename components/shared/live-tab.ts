import { z } from "zod";
import { LiveChange } from "@/lib/realtime/schema";

/**
 * One event stream a browser: the tabs of a clinic elect a leader by a lock; it alone holds the EventSource and tells
 * the others over a BroadcastChannel. When the leader closes, the lock passes on. Needs a secure context (or
 * localhost) for the election; without one each tab holds a stream of its own.
 */
export type LiveState = "connecting" | "live" | "reconnecting";

const Change = LiveChange.pick({ topic: true, entity_id: true });
export type Change = z.infer<typeof Change>;

const Note = z.discriminatedUnion("type", [
  z.object({ type: z.literal("change"), change: Change }),
  z.object({ type: z.literal("reset") }),
  z.object({ type: z.literal("state"), state: z.enum(["connecting", "live", "reconnecting"]) }),
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

/** Takes part until the answered function is called. */
export function joinLive(url: string, listener: LiveListener): () => void {
  const leaving = new AbortController();
  const others = new BroadcastChannel(`live:${url}`);
  let state: LiveState = "connecting";
  let isLeader = false;

  const hear = (note: Note) => {
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
    else if (isLeader) others.postMessage({ type: "state", state } satisfies Note);
  };
  others.postMessage({ type: "hello" } satisfies Note);

  const lead = (hasWaited: boolean) => {
    isLeader = true;
    if (hasWaited) tell({ type: "reset" });
    return streamUntil(leaving.signal, url, tell);
  };
  void elect(`live:${url}`, leaving.signal, lead);

  return () => {
    leaving.abort();
    others.close();
  };
}

/** Runs `lead` in one tab at a time; `hasWaited` is true for a tab that takes over from another. */
async function elect(name: string, signal: AbortSignal, lead: (hasWaited: boolean) => Promise<void>) {
  if (!("locks" in navigator)) return lead(false);
  const isFirst = await navigator.locks
    .request(name, { ifAvailable: true }, async (lock) => {
      if (lock && !signal.aborted) await lead(false);
      return lock !== null;
    })
    .catch(() => false);
  if (isFirst || signal.aborted) return;
  await navigator.locks.request(name, { signal }, () => lead(true)).catch(() => undefined); // left while waiting
}

/** Holds the stream until `signal`. The browser reconnects by itself, except after an error answer: then we do. */
function streamUntil(signal: AbortSignal, url: string, tell: (note: Note) => void): Promise<void> {
  return new Promise((resolve) => {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let waitMs = RETRY_FIRST_MS;

    const open = (isAnew: boolean) => {
      source = new EventSource(url);
      source.onopen = () => {
        waitMs = RETRY_FIRST_MS;
        tell({ type: "state", state: "live" });
        if (isAnew) tell({ type: "reset" });
      };
      source.addEventListener("change", (event) => {
        const change = readChange(event.data);
        if (change) tell({ type: "change", change });
      });
      source.addEventListener("reset", () => tell({ type: "reset" }));
      source.onerror = () => {
        tell({ type: "state", state: "reconnecting" });
        if (source?.readyState !== EventSource.CLOSED) return;
        timer = setTimeout(() => open(true), waitMs);
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
    open(false);
  });
}

function readChange(data: unknown): Change | undefined {
  try {
    return Change.safeParse(JSON.parse(String(data))).data;
  } catch {
    return undefined;
  }
}
