import type { Ledger } from "../twilio/ledger";
import { escaped, signatureOf } from "./signature";

/** Posts a signed body and answers the application's HTTP status; rejects where no answer came. */
export type Post = (url: string, body: string, signature: string) => Promise<number>;

const REPEAT_MS = 50;
const TIMEOUT_MS = 15_000;

export interface Change {
  field: string;
  value: Record<string, unknown>;
}

/** How what happens at Meta reaches the application: several pieces of news in one signed body, again until it is taken. */
export class Webhooks {
  /** Each delivery comes this often, all at once. */
  copies = 1;

  constructor(
    private readonly appSecret: string,
    private readonly waba: string,
    private readonly ledger: Ledger,
    private readonly post: Post = postJson,
  ) {}

  /** Answers the application's status; with `untilTakenMs` it is asked for so long until it says 200. */
  async deliver(url: string, changes: readonly Change[], untilTakenMs?: number): Promise<number> {
    const body = escaped({ object: "whatsapp_business_account", entry: [{ id: this.waba, changes }] });
    const each = () => (untilTakenMs === undefined ? this.once(url, body) : this.insist(url, body, untilTakenMs));
    const [status = 0] = await Promise.all(Array.from({ length: this.copies }, each));
    return status;
  }

  private async once(url: string, body: string): Promise<number> {
    const began = new Date().toISOString();
    const status = await this.post(url, body, signatureOf(this.appSecret, body)).catch(() => 0);
    this.ledger.write({ kind: "webhook", status: status === 0 ? "none" : String(status), began });
    return status;
  }

  private async insist(url: string, body: string, forMs: number): Promise<number> {
    const deadline = performance.now() + forMs;
    for (;;) {
      const status = await this.once(url, body);
      if (status === 200 || performance.now() > deadline) return status;
      await new Promise((resolve) => setTimeout(resolve, REPEAT_MS).unref());
    }
  }
}

async function postJson(url: string, body: string, signature: string): Promise<number> {
  const headers = { "content-type": "application/json", "x-hub-signature-256": signature };
  const answered = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
  await answered.arrayBuffer();
  return answered.status;
}
