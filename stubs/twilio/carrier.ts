import { z } from "zod";
import type { Fault } from "./faults";
import { Ledger } from "./ledger";
import { MessageStore, newSid, type CarrierMessage } from "./messages";
import { Webhooks, type Post } from "./webhooks";

export interface StubOptions {
  authToken: string;
  accountSid?: string;
  port?: number;
  host?: string;
  ledgerPath?: string;
  /** Between the statuses of a message; undefined sends none by itself. */
  statusEveryMs?: number;
  /** How callbacks and inbound messages reach the application; by HTTP unless a test calls its routes. */
  post?: Post;
}

/** What a patient sends. */
export const Inbound = z.object({
  url: z.url(),
  from: z.string(),
  to: z.string(),
  text: z.string(),
  sid: z.string().optional(),
  media: z.array(z.object({ url: z.string(), contentType: z.string() })).optional(),
  optOutType: z.enum(["STOP", "START", "HELP"]).optional(),
  /** Delivered again and again for so long, until the application takes it; without it, once. */
  untilTakenMs: z.number().optional(),
});
export type Inbound = z.infer<typeof Inbound>;

/** What the carrier does: takes messages, tells what became of them, brings what patients write. */
export class Carrier {
  readonly ledger: Ledger;
  readonly messages = new MessageStore();
  readonly faults: Fault[] = [];
  readonly webhooks: Webhooks;
  readonly accountSid: string;
  private readonly callbacks = new Map<string, string>();

  constructor(private readonly options: StubOptions) {
    this.ledger = new Ledger(options.ledgerPath);
    this.accountSid = options.accountSid ?? "AC00000000000000000000000000000001";
    this.webhooks = new Webhooks(options.authToken, this.ledger, options.post);
  }

  /** Takes a message; its statuses follow by themselves where the options say so. */
  accept(form: URLSearchParams): CarrierMessage {
    const [to, from, body] = [form.get("To") ?? "", form.get("From") ?? "", form.get("Body") ?? ""];
    const party = { account_sid: this.accountSid, to, from, body };
    const message = this.messages.add({ ...party, direction: "outbound-api", status: "queued" });
    const callback = form.get("StatusCallback");
    if (callback) this.callbacks.set(message.sid, callback);
    this.ledger.write({ kind: "accepted", sid: message.sid, outboxId: outboxOf(form), to, from, text: body });
    const every = this.options.statusEveryMs;
    if (callback && every !== undefined) void this.tellAll(message.sid, every);
    return message;
  }

  /** Tells the application what became of a message, as Twilio does; answers the application's HTTP status. */
  async tellStatus(sid: string, status: string, errorCode: number | null = null): Promise<number> {
    this.messages.move(sid, status, errorCode);
    const message = this.messages.get(sid);
    const url = this.callbacks.get(sid);
    if (!message || !url) return 0;
    const form = {
      AccountSid: message.account_sid,
      ApiVersion: "2010-04-01",
      From: message.from,
      To: message.to,
      MessageSid: sid,
      SmsSid: sid,
      MessageStatus: status,
      SmsStatus: status,
      ...(errorCode === null ? {} : { ErrorCode: String(errorCode) }),
    };
    this.ledger.write({ kind: "callback", sid, status });
    return this.webhooks.deliver(url, form);
  }

  /** A patient's message, signed, as Twilio delivers it; the same `sid` again is a repeat. */
  async sendInbound({
    url,
    sid = newSid(),
    untilTakenMs,
    ...inbound
  }: Inbound): Promise<{ sid: string; status: number }> {
    const { from, to, text } = inbound;
    const party = { account_sid: this.accountSid, to, from, body: text };
    if (!this.messages.get(sid)) this.messages.add({ ...party, direction: "inbound", status: "received" }, sid);
    this.ledger.write({ kind: "inbound", sid, to, from, text });
    const form = inboundForm(this.accountSid, sid, inbound);
    return { sid, status: await this.webhooks.deliver(url, form, untilTakenMs) };
  }

  private async tellAll(sid: string, everyMs: number): Promise<void> {
    for (const status of ["queued", "sent", "delivered"]) {
      await new Promise((resolve) => setTimeout(resolve, everyMs).unref());
      await this.tellStatus(sid, status).catch(() => this.tellStatus(sid, status).catch(() => 0)); // one retry, as Twilio
    }
  }
}

/** The id of our outbox, as it travels in the status-callback address. */
export const outboxOf = (form: URLSearchParams): string | undefined => {
  const callback = form.get("StatusCallback");
  return callback && URL.canParse(callback) ? (new URL(callback).searchParams.get("outbox") ?? undefined) : undefined;
};

type Written = Omit<Inbound, "url" | "sid" | "untilTakenMs">;

/** The fields of Twilio's webhook for an incoming message. */
export function inboundForm(accountSid: string, sid: string, inbound: Written): Record<string, string> {
  const { from, to, text, media = [], optOutType } = inbound;
  return {
    AccountSid: accountSid,
    ApiVersion: "2010-04-01",
    Body: text,
    From: from,
    To: to,
    MessageSid: sid,
    SmsMessageSid: sid,
    SmsSid: sid,
    SmsStatus: "received",
    NumMedia: String(media.length),
    NumSegments: "1",
    ...(optOutType ? { OptOutType: optOutType } : {}),
    ...Object.fromEntries(
      media.flatMap((one, i) => [
        [`MediaUrl${i}`, one.url],
        [`MediaContentType${i}`, one.contentType],
      ]),
    ),
  };
}
