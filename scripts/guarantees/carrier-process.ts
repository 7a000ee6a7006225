import { fork, type ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { Inbound } from "@/stubs/twilio/carrier";
import type { Fault, WebhookFaults } from "@/stubs/twilio/faults";
import type { LedgerEntry } from "@/stubs/twilio/ledger";

export const TOKEN = "a token for fire alone";
export const ACCOUNT = "AC00000000000000000000000000000001";

/** The carrier in a process of its own, worked by its control door; its ledger is read from its file. */
export class CarrierProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    private readonly controlUrl: string,
    private readonly ledgerPath: string,
  ) {}

  static async start(program: string, ledgerPath: string, statusEveryMs: number | undefined): Promise<CarrierProcess> {
    const env = {
      ...{ PATH: process.env.PATH, TWILIO_AUTH_TOKEN: TOKEN, TWILIO_ACCOUNT_SID: ACCOUNT },
      ...{ TWILIO_STUB_LEDGER: ledgerPath, TWILIO_STUB_STATUS_EVERY_MS: String(statusEveryMs ?? "never") },
      NODE_ENV: process.env.NODE_ENV,
    };
    const child = fork(program, [], { env, execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
    const said = await new Promise((resolve, reject) => {
      child.once("message", resolve).once("exit", () => reject(new Error("the carrier died")));
    });
    const { url, controlUrl } = z.object({ url: z.string(), controlUrl: z.string() }).parse(said);
    return new CarrierProcess(child, url, controlUrl, ledgerPath);
  }

  /** The next sends fail like this, first come first served. */
  fail = (faults: readonly Fault[]) => this.ask("faults", faults);
  spoilWebhooks = (faults: Partial<WebhookFaults>) => this.ask("webhooks", faults);
  release = (seed: number) => this.ask("release", { seed });
  setPort = (isOpen: boolean) => this.ask("port", { isOpen });
  tellStatus = (sid: string, status: string) => this.ask("status", { sid, status });

  /** A patient's message; answers the application's status. */
  async send(message: Inbound): Promise<number> {
    return z.object({ status: z.number() }).parse(await this.ask("inbound", message)).status;
  }

  ledger(): LedgerEntry[] {
    const text = existsSync(this.ledgerPath) ? readFileSync(this.ledgerPath, "utf8") : "";
    return text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
  }

  private async ask(path: string, body: unknown): Promise<unknown> {
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
