import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import { pinned } from "./server";

/** Who listens: one stream each. */
export interface Listen {
  url: string;
  streams: { path: string; cookie: string }[];
  /** Only takes what comes: reading it is work for the browsers' machines, which a bench on two cores would count. */
  isDrained?: boolean;
}

/** What the listeners heard since they were last asked: which of them, what, and when (milliseconds since 1970). */
export interface Heard {
  arrivals: [listener: number, id: string, at: number][];
  connected: number;
  resets: number;
  reconnects: number;
}

/** The browsers of a bench: a process of its own on its own core, with as many streams as it is told. */
export class Listeners {
  private constructor(private readonly child: ChildProcess) {}

  static start(core: number): Listeners {
    const worker = fileURLToPath(new URL("sse-worker.ts", import.meta.url));
    const [program, ...args] = pinned(core, [process.execPath, "--import", "tsx", worker]);
    return new Listeners(spawn(program, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] }));
  }

  /** Answers once every stream stands. */
  async listen(told: Listen, patienceMs = 60_000): Promise<void> {
    this.child.send(told);
    await this.untilConnected(told.streams.length, patienceMs);
  }

  async untilConnected(count: number, patienceMs = 60_000): Promise<void> {
    const until = Date.now() + patienceMs;
    for (;;) {
      const { connected } = await this.report(true);
      if (connected >= count) return;
      if (Date.now() > until) throw new Error(`${connected} of ${count} streams stand`);
      await pause(200);
    }
  }

  private kept: Pick<Heard, "arrivals" | "resets"> = { arrivals: [], resets: 0 };

  /** What was heard since the last report; `isPeek` keeps it for the next. */
  async report(isPeek = false): Promise<Heard> {
    const told = await new Promise<Heard>((resolve) => {
      this.child.once("message", (heard: Heard) => resolve(heard));
      this.child.send("report");
    });
    const arrivals = [...this.kept.arrivals, ...told.arrivals];
    const heard = { ...told, arrivals, resets: this.kept.resets + told.resets };
    this.kept = isPeek ? heard : { arrivals: [], resets: 0 };
    return heard;
  }

  stop(): void {
    this.child.kill();
  }
}
