import { Ledger } from "./ledger";
import { MessageStore, newSid, type CarrierMessage } from "./messages";
import { signatureOf } from "./signature";

/**
 * How the next send fails. `isAccepted`: the carrier takes the message and only the answer is lost. `error` is one of
 * Twilio's own codes, answered with status 400.
 */
export type Fault =
  | { kind: "too_many"; retryAfter?: number }
  | { kind: "server_error" }
  | { kind: "stall"; ms: number; isAccepted: boolean }
  | { kind: "reset"; isAccepted: boolean }
  | { kind: "error"; code: number };

export interface StubOptions {
  authToken: string;
  accountSid?: string;
  port?: number;
  host?: string;
  ledgerPath?: string;
  /** Between the statuses of a message; undefined sends none by itself. */
  statusEveryMs?: number;
  /** How callbacks and inbound messages reach the application; by HTTP unless a test calls its routes. */
  post?: (url: string, form: Record<string, string>, signature: string) => Promise<number>;
}

export interface Inbound {
  url: string;
  from: string;
  to: string;
  text: string;
  sid?: string;
  media?: { url: string; contentType: string }[];
  optOutType?: "STOP" | "START" | "HELP";
}

/** What the carrier does: takes messages, tells what became of them, brings what patients write. */
export class Carrier {
  readonly ledger: Ledger;
  readonly messages = new MessageStore();
  readonly faults: Fault[] = [];
  readonly accountSid: string;
  private readonly callbacks = new Map<string, string>();
  private readonly post: NonNullable<StubOptions["post"]>;

  constructor(private readonly options: StubOptions) {
    this.ledger = new Ledger(options.ledgerPath);
    this.accountSid = options.accountSid ?? "AC00000000000000000000000000000001";
    this.post = options.post ?? postForm;
  }

  /** Takes a message; its statuses follow by themselves where the options say so. */
  accept(form: URLSearchParams): CarrierMessage {
    const [to, from, body] = [form.get("To") ?? "", form.get("From") ?? "", form.get("Body") ?? ""];
    const fields = {
      account_sid: this.accountSid,
      to,
      from,
      body,
      direction: "outbound-api",
      status: "queued",
    } as const;
    const message = this.messages.add(fields);
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
    return this.post(url, form, signatureOf(this.options.authToken, url, form));
  }

  /** A patient's message, signed, as Twilio delivers it; the same `sid` again is a repeat. */
  async sendInbound({ url, sid = newSid(), ...inbound }: Inbound): Promise<{ sid: string; status: number }> {
    const { from, to, text } = inbound;
    const form = inboundForm(this.accountSid, sid, inbound);
    const fields = {
      account_sid: this.accountSid,
      to,
      from,
      body: text,
      direction: "inbound",
      status: "received",
    } as const;
    if (!this.messages.get(sid)) this.messages.add(fields, sid);
    this.ledger.write({ kind: "inbound", sid, to, from, text });
    return { sid, status: await this.post(url, form, signatureOf(this.options.authToken, url, form)) };
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

function inboundForm(accountSid: string, sid: string, inbound: Omit<Inbound, "url" | "sid">): Record<string, string> {
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

async function postForm(url: string, form: Record<string, string>, signature: string): Promise<number> {
  const body = new URLSearchParams(form).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature };
  const answered = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(15_000) });
  await answered.arrayBuffer();
  return answered.status;
}
