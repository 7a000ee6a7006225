import { fork, type ChildProcess } from "node:child_process";

export type Role = "web" | "jobs";

/** One worker that is started again whenever it has died, like a service under a supervisor. */
export class WorkerProcess {
  deaths = 0;
  readonly failures: string[] = [];
  private child: ChildProcess | undefined;
  private isStopping = false;
  private ready: Promise<void> = Promise.resolve();

  /** `crashes`: where it dies in its first life, its second and so on; then it lives. */
  constructor(
    private readonly program: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly crashes: string[],
    private readonly onDeath: () => Promise<void>,
  ) {}

  /** Resolves when it works, or has died trying. */
  start(): Promise<void> {
    const env = { ...this.env, CRASH_AT: this.crashes[this.deaths] ?? "" };
    const child = fork(this.program, [], { env, execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
    this.child = child;
    this.ready = new Promise<void>((resolve) => {
      child.on("message", (message) => {
        if (message === "ready") resolve();
        else this.failures.push(JSON.stringify(message));
      });
      child.once("exit", () => {
        resolve();
        if (!this.isStopping) void this.comeBack();
      });
    });
    return this.ready;
  }

  private async comeBack(): Promise<void> {
    this.deaths += 1;
    await this.onDeath();
    if (!this.isStopping) await this.start();
  }

  kill(): void {
    this.child?.kill("SIGKILL");
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
