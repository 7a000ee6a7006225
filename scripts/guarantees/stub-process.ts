import { fork, type ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { LedgerEntry } from "@/stubs/twilio/ledger";

const Said = z.object({ url: z.string(), controlUrl: z.string() });

/** A vendor's stub in a process of its own, worked by its control door; its ledger is read from its file. */
export class StubProcess {
  protected constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    private readonly controlUrl: string,
    private readonly ledgerPath: string,
  ) {}

  /** Starts it and waits for its addresses. */
  protected static async launch(program: string, env: Record<string, string | undefined>) {
    const known = { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV, ...env };
    const child = fork(program, [], { env: known, execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
    const said = await new Promise((resolve, reject) => {
      child.once("message", resolve).once("exit", () => reject(new Error("a carrier died")));
    });
    return { child, ...Said.parse(said) };
  }

  /** No fault waits any more. */
  forgive = () => this.ask("clear", null);

  ledger(): LedgerEntry[] {
    const text = existsSync(this.ledgerPath) ? readFileSync(this.ledgerPath, "utf8") : "";
    return text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
  }

  protected async ask(path: string, body: unknown): Promise<unknown> {
    const answered = await fetch(`${this.controlUrl}/${path}`, { method: "POST", body: JSON.stringify(body) });
    const answer: unknown = await answered.json();
    if (!answered.ok) throw new Error(`the carrier's ${path}: ${JSON.stringify(answer)}`);
    return answer;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => this.child.once("exit", () => resolve()));
    this.child.kill("SIGKILL");
    await gone;
  }
}
