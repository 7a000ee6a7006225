import { expect, test } from "vitest";
import { newId } from "@/db/ids";
import { inClinic, makeBareClinic } from "@/db/testing/make";
import { announce } from "./announce";
import { closeStreams, openStream } from "./stream";

type Ctx = Awaited<ReturnType<typeof makeBareClinic>>;

/** A browser's EventSource as far as resuming goes: it keeps the last id and gives it when it connects again. */
class Reader {
  readonly seen: string[] = [];
  resets = 0;
  /** Settles when the first stream stands: what is told from then on is to be heard. */
  readonly connected: Promise<void>;
  private tellConnected: () => void = () => undefined;
  private lastId: string | null = null;
  private text = "";

  constructor(private readonly ctx: Ctx) {
    this.connected = new Promise((resolve) => (this.tellConnected = resolve));
  }

  /** Reads until the server ends the stream, or until `isEnough`. */
  async listen(isEnough: () => boolean): Promise<void> {
    const leave = new AbortController();
    const response = await openStream(this.ctx, this.lastId, leave.signal, () => () => undefined);
    this.tellConnected();
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    while (reader && !isEnough()) {
      const { value, done } = await reader.read();
      if (done) break;
      this.take(decoder.decode(value, { stream: true }));
    }
    leave.abort();
  }

  private take(chunk: string): void {
    this.text += chunk;
    const blocks = this.text.split("\n\n");
    this.text = blocks.pop() ?? "";
    for (const block of blocks) {
      this.lastId = /^id: (.+)$/m.exec(block)?.[1] ?? this.lastId;
      if (block.includes("event: reset")) this.resets += 1;
      const id = /"entity_id":"([^"]+)"/.exec(block)?.[1];
      if (id) this.seen.push(id);
    }
  }
}

const RESTARTS = 3;
const EACH_TIME = 12;

test("over restarts of the server no listener misses a change or hears one twice, while changes go on", async () => {
  const ctx = await makeBareClinic();
  const tell = async () => {
    const id = newId();
    await inClinic(ctx, (tx) => announce(tx, ctx, "message", id));
    return id;
  };
  const total = (RESTARTS + 1) * EACH_TIME;
  const readers = Array.from({ length: 4 }, () => new Reader(ctx));
  const listening = readers.map(async (reader) => {
    const isDone = () => reader.seen.length >= total;
    while (!isDone()) await reader.listen(isDone);
  });
  await Promise.all(readers.map((reader) => reader.connected));
  const told = await Promise.all(Array.from({ length: EACH_TIME }, tell));
  for (let restart = 0; restart < RESTARTS; restart++) {
    closeStreams();
    told.push(...(await Promise.all(Array.from({ length: EACH_TIME }, tell)))); // some while nobody is connected
  }
  await Promise.all(listening);
  for (const { seen, resets } of readers) {
    expect(resets).toBe(0);
    expect(seen.toSorted()).toEqual(told.toSorted());
  }
}, 30_000);
