import { z } from "zod";
import type { Inbound } from "@/stubs/twilio/carrier";
import type { Fault, WebhookFaults } from "@/stubs/twilio/faults";
import { StubProcess } from "./stub-process";

export const TOKEN = "a token for fire alone";
export const ACCOUNT = "AC00000000000000000000000000000001";

/** The carrier, whose ledger no death of the application's takes along. */
export class CarrierProcess extends StubProcess {
  static async start(program: string, ledgerPath: string, statusEveryMs: number | undefined): Promise<CarrierProcess> {
    const { child, url, controlUrl } = await StubProcess.launch(program, {
      ...{ TWILIO_AUTH_TOKEN: TOKEN, TWILIO_ACCOUNT_SID: ACCOUNT },
      ...{ TWILIO_STUB_LEDGER: ledgerPath, TWILIO_STUB_STATUS_EVERY_MS: String(statusEveryMs ?? "never") },
    });
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
}
