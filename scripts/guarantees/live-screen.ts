import { pause } from "./storms/pause";

const RECONNECT_MS = 50;

/** A browser's live screen: it listens, remembers the last id it was told, and comes back with it after every break. */
export class LiveScreen {
  /** Where it began to listen, and every change since, as `transaction.row`. */
  began = "";
  readonly seen: string[] = [];
  resets = 0;
  private lastId = "";
  private isOnline = true;
  private isOver = false;
  private leave = new AbortController();

  constructor(
    private readonly url: string,
    private readonly cookie: string,
  ) {
    void this.listen();
  }

  /** Nothing reaches it for so long. */
  async goOffline(ms: number): Promise<void> {
    this.isOnline = false;
    this.leave.abort();
    await pause(ms);
    this.isOnline = true;
  }

  close(): void {
    this.isOver = true;
    this.leave.abort();
  }

  private async listen(): Promise<void> {
    while (!this.isOver) {
      if (this.isOnline) await this.connect().catch(() => undefined);
      await pause(RECONNECT_MS);
    }
  }

  private async connect(): Promise<void> {
    this.leave = new AbortController();
    const headers = { cookie: this.cookie, ...(this.lastId ? { "last-event-id": this.lastId } : {}) };
    const answered = await fetch(this.url, { headers, signal: this.leave.signal });
    if (answered.status !== 200 || !answered.body) return;
    const decoder = new TextDecoder();
    let text = "";
    for await (const chunk of answered.body) {
      const frames = (text + decoder.decode(chunk, { stream: true })).split("\n\n");
      text = frames.pop() ?? "";
      for (const frame of frames) this.take(frame);
    }
  }

  private take(frame: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(frame)?.[1];
    const id = field("id");
    if (id) this.lastId = id;
    if (id && !this.began) this.began = placeOf(id);
    if (field("event") === "reset") this.resets += 1;
    if (id && field("event") === "change") this.seen.push(placeOf(id));
  }
}

/** Without the time, which is when it was told. */
const placeOf = (id: string) => id.split(".").slice(0, 2).join(".");
