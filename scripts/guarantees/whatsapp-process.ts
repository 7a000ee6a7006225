import type { Fault } from "@/stubs/whatsapp/faults";
import type { LedgerEntry } from "@/stubs/twilio/ledger";
import { StubProcess } from "./stub-process";

/** The clinic's phone number id, and what its app signs and calls with. */
export const WHATSAPP_NUMBER = "100000000000017";
export const WHATSAPP_SECRETS = {
  WHATSAPP_ACCESS_TOKEN: "a Graph token for fire alone",
  WHATSAPP_APP_SECRET: "an app secret for fire alone",
};

/** WhatsApp's Graph API; runs that have nothing to do with it go without. */
export class WhatsappProcess extends StubProcess {
  static async start(program: string, ledgerPath: string, webhookUrl: string): Promise<WhatsappProcess> {
    const { child, url, controlUrl } = await StubProcess.launch(program, {
      ...{ ...WHATSAPP_SECRETS, WHATSAPP_STUB_WEBHOOK: webhookUrl },
      ...{ WHATSAPP_STUB_LEDGER: ledgerPath, WHATSAPP_STUB_STATUS_EVERY_MS: "40" },
    });
    return new WhatsappProcess(child, url, controlUrl, ledgerPath);
  }

  /** The next sends fail like this, first come first served. */
  fail = (faults: readonly Fault[]) => this.ask("faults", faults);

  /** Its numbers are written as everywhere else. */
  override ledger(): LedgerEntry[] {
    return super.ledger().map((entry) => ({ ...entry, ...(entry.to && { to: plus(entry.to) }) }));
  }
}

const plus = (number: string) => (/^\d/.test(number) ? `+${number}` : number);
