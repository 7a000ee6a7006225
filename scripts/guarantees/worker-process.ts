import { fork, type ChildProcess } from "node:child_process";
import { z } from "zod";

const Pool = z.object({
  pool: z.object({ totalCount: z.number(), idleCount: z.number(), waitingCount: z.number() }),
});
export type PoolCounts = z.infer<typeof Pool>["pool"];

interface Hiring {
  program: string;
  env: NodeJS.ProcessEnv;
  databaseUrlOf: (life: number) => string;
  /** Where it dies in its first life, its second and so on; then it lives. */
  crashes: string[];
  /** Where it stands still, and for how long. */
  halt?: string;
  haltMs?: number;
  onDeath: () => Promise<void>;
}

/** One worker that is started again whenever it has died, like a service under a supervisor. */
export class WorkerProcess {
  deaths = 0;
  halts = 0;
  private lives = 0;
  readonly failures: string[] = [];
  /** Its log lines, of all its lives. */
  said = "";
  private child: ChildProcess | undefined;
  private isStopping = false;

  constructor(private readonly hiring: Hiring) {}

  /** Resolves when it works, or has died trying. After `stop` it is a new life, and the death was none of its own. */
  start(): Promise<void> {
    const { program, env, databaseUrlOf, crashes, halt = "" } = this.hiring;
    this.isStopping = false;
    const life = { DATABASE_URL: databaseUrlOf(this.lives++), CRASH_AT: crashes[this.deaths] ?? "", HALT_AT: halt };
    const child = fork(program, [], {
      env: { ...env, ...life },
      execArgv: [],
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    });
    this.child = child;
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.said += text;
      if (process.env.GUARANTEES_LOG) process.stdout.write(text);
    });
    return new Promise<void>((resolve) => {
      child.on("message", (message) => {
        if (message === "ready") resolve();
        else if (message === "halted") this.wakeLater(child);
        else if (!Pool.safeParse(message).success) this.failures.push(JSON.stringify(message));
      });
      child.once("exit", () => {
        resolve();
        if (!this.isStopping) void this.comeBack();
      });
    });
  }

  private wakeLater(child: ChildProcess): void {
    this.halts += 1;
    setTimeout(() => child.kill("SIGCONT"), this.hiring.haltMs);
  }

  /** Keeps its event loop busy for so long. */
  block(ms: number): void {
    this.child?.send(ms);
  }

  private async comeBack(): Promise<void> {
    this.deaths += 1;
    await this.hiring.onDeath();
    if (!this.isStopping) await this.start();
  }

  /** What its connection pool holds at this moment. */
  poolCounts(): Promise<PoolCounts> {
    return new Promise((resolve) => {
      const listen = (message: unknown) => {
        const told = Pool.safeParse(message);
        if (!told.success) return;
        this.child?.off("message", listen);
        resolve(told.data.pool);
      };
      this.child?.on("message", listen);
      this.child?.send("pool");
    });
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill("SIGKILL");
    await gone;
  }
}
