import type { Ledger } from "./ledger";
import { signatureOf } from "./signature";
import { WebhookFaults } from "./faults";

/** Posts a signed form and answers the application's HTTP status; rejects where no answer came. */
export type Post = (url: string, form: Record<string, string>, signature: string) => Promise<number>;

const REPEAT_MS = 50;
const TIMEOUT_MS = 15_000;

/** How what happens at the carrier reaches the application: signed, and spoilt on demand. */
export class Webhooks {
  faults: WebhookFaults = WebhookFaults.parse({});
  private readonly held: (() => Promise<unknown>)[] = [];

  constructor(
    private readonly authToken: string,
    private readonly ledger: Ledger,
    private readonly post: Post = postForm,
  ) {}

  /**
   * Answers the application's status. With `untilTakenMs` it is asked again and again for so long until it says 200, as
   * often as there are copies. 0: the delivery is held.
   */
  async deliver(url: string, form: Record<string, string>, untilTakenMs?: number): Promise<number> {
    const { copies, delayMs, isHeld } = this.faults;
    const go = async () => {
      if (delayMs > 0) await pause(delayMs);
      const each = () => (untilTakenMs === undefined ? this.once(url, form) : this.insist(url, form, untilTakenMs));
      const [status = 0] = await Promise.all(Array.from({ length: copies }, each));
      return status;
    };
    if (!isHeld) return go();
    this.held.push(go);
    return 0;
  }

  /** Delivers what was held, one after the other in the seed's order, and holds no more; answers how many there were. */
  async release(seed: number): Promise<number> {
    this.faults = { ...this.faults, isHeld: false };
    const waiting = this.held.splice(0);
    const order = waiting.map((go, at) => ({ go, rank: scatter(seed, at) })).sort((a, b) => a.rank - b.rank);
    for (const { go } of order) await go().catch(() => 0);
    return order.length;
  }

  private async once(url: string, form: Record<string, string>): Promise<number> {
    const told = { sid: form.MessageSid ?? "", text: form.MessageStatus ?? "", began: new Date().toISOString() };
    try {
      const status = await this.post(url, form, signatureOf(this.authToken, url, form));
      this.ledger.write({ kind: "webhook", ...told, status: String(status) });
      return status;
    } catch (error) {
      this.ledger.write({ kind: "webhook", ...told, status: "none" });
      throw error;
    }
  }

  private async insist(url: string, form: Record<string, string>, forMs: number): Promise<number> {
    const deadline = performance.now() + forMs;
    for (;;) {
      const status = await this.once(url, form).catch(() => 0);
      if (status === 200 || performance.now() > deadline) return status;
      await pause(REPEAT_MS);
    }
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms).unref());

/** The same seed is the same order. */
function scatter(seed: number, at: number): number {
  const mixed = Math.imul((seed + 1) ^ Math.imul(at + 1, 0x9e3779b1), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

async function postForm(url: string, form: Record<string, string>, signature: string): Promise<number> {
  const body = new URLSearchParams(form).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature };
  const answered = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
  await answered.arrayBuffer();
  return answered.status;
}
