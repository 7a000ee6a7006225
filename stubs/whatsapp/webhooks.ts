import { z } from "zod";
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

/** What one message or status in a delivery is about; `text` is the status that it tells of. */
interface News {
  sid: string;
  text: string;
}

const Told = z.object({ id: z.string(), status: z.string().default("") });
const Value = z.object({ messages: z.array(Told).default([]), statuses: z.array(Told).default([]) });

/** Each of them by itself; a delivery of anything else is one piece of news about nothing. */
function newsOf({ value }: Change): News[] {
  const { messages = [], statuses = [] } = Value.safeParse(value).data ?? {};
  const news = [...messages, ...statuses].map(({ id, status }) => ({ sid: id, text: status }));
  return news.length > 0 ? news : [{ sid: "", text: "" }];
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
    const news = changes.flatMap(newsOf);
    const each = () =>
      untilTakenMs === undefined ? this.once(url, body, news) : this.insist(url, body, news, untilTakenMs);
    const [status = 0] = await Promise.all(Array.from({ length: this.copies }, each));
    return status;
  }

  private async once(url: string, body: string, news: readonly News[]): Promise<number> {
    const began = new Date().toISOString();
    const status = await this.post(url, body, signatureOf(this.appSecret, body)).catch(() => 0);
    for (const one of news)
      this.ledger.write({ kind: "webhook", ...one, status: status === 0 ? "none" : String(status), began });
    return status;
  }

  private async insist(url: string, body: string, news: readonly News[], forMs: number): Promise<number> {
    const deadline = performance.now() + forMs;
    for (;;) {
      const status = await this.once(url, body, news);
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
