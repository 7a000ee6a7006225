import { log } from "@/lib/core/log";
import type { ClinicContext } from "@/lib/core/context";
import { MOST, readEnd, readFeed, type Change, type Cursor } from "./feed";
import { listener } from "./listener";

/** Looks without being woken: a lost notification delays a screen by this much and no more. */
const POLL_MS = 10_000;
/** Rows that wait for another transaction to end are looked for again after this, longer each time. */
const BEHIND_MS = 5;
const BEHIND_LONGEST_MS = 1_000;

type Deliver = (changes: Change[]) => void;
interface Shared {
  chairsideFeeds?: Map<string, ClinicFeed>;
}
const shared: Shared = globalThis as Shared;
// The build may give routes a copy of this module each: the feeds are the process's.
const feeds = (shared.chairsideFeeds ??= new Map<string, ClinicFeed>());

/** A clinic's feed, read once a change for all streams of this process, however many there are. */
export class ClinicFeed {
  /** Settles when everything that comes from then on is delivered. */
  readonly ready: Promise<void>;
  private readonly readers = new Set<Deliver>();
  private cursor: Cursor | undefined;
  private isEnded = false;
  private isReading = false;
  private isDirty = false;
  private behindMs = BEHIND_MS;
  private again: NodeJS.Timeout | undefined;
  private readonly poll: NodeJS.Timeout;
  private readonly unsubscribe: () => void;

  private constructor(private readonly ctx: ClinicContext) {
    this.unsubscribe = listener().subscribe(ctx.clinic.id, () => void this.pump());
    this.poll = setInterval(() => void this.pump(), POLL_MS);
    this.ready = readEnd(ctx).then((end) => {
      this.cursor = end;
      void this.pump();
    });
    this.ready.catch(() => this.end());
  }

  /** Delivers to `deliver`, in order, what settles from `ready` on, until the answered function is called. */
  static join(ctx: ClinicContext, deliver: Deliver): { ready: Promise<void>; leave: () => void } {
    const feed = feeds.get(ctx.clinic.id) ?? new ClinicFeed(ctx);
    feeds.set(ctx.clinic.id, feed);
    feed.readers.add(deliver);
    return { ready: feed.ready, leave: () => feed.leave(deliver) };
  }

  private leave(deliver: Deliver): void {
    this.readers.delete(deliver);
    if (this.readers.size === 0) this.end();
  }

  private end(): void {
    if (this.isEnded) return;
    this.isEnded = true;
    if (feeds.get(this.ctx.clinic.id) === this) feeds.delete(this.ctx.clinic.id);
    this.unsubscribe();
    clearInterval(this.poll);
    clearTimeout(this.again);
  }

  private async pump(): Promise<void> {
    this.isDirty = true;
    if (this.isReading || !this.cursor) return;
    this.isReading = true;
    try {
      while (this.isDirty && this.readers.size > 0) {
        this.isDirty = false;
        const { changes, isBehind } = await readFeed(this.ctx, this.cursor);
        this.lookAgain(isBehind, changes.length > 0);
        this.cursor = changes.at(-1)?.cursor ?? this.cursor;
        if (changes.length === 0) continue;
        this.isDirty ||= changes.length >= MOST;
        for (const deliver of this.readers) deliver(changes);
      }
    } catch (error) {
      log.warn({ error, clinic: this.ctx.clinic.id }, "live feed not read");
    } finally {
      this.isReading = false;
    }
  }

  private lookAgain(isBehind: boolean, hasMoved: boolean): void {
    clearTimeout(this.again);
    this.behindMs = isBehind && !hasMoved ? Math.min(this.behindMs * 2, BEHIND_LONGEST_MS) : BEHIND_MS;
    if (isBehind && !this.isEnded) this.again = setTimeout(() => void this.pump(), this.behindMs);
  }
}
