import { randomBytes } from "node:crypto";
import { z } from "zod";
import { Ledger } from "../twilio/ledger";
import type { Fault } from "./faults";
import { Webhooks, type Post } from "./webhooks";

export interface StubOptions {
  accessToken: string;
  appSecret: string;
  /** The WhatsApp Business account; its numbers are whatever is asked for. */
  waba?: string;
  /** A new template is approved after this; undefined leaves it pending until somebody decides. */
  approvesAfterMs?: number;
  /** The numbers of the account, as its list of them has them. */
  numbers?: string[];
  /** Where statuses go; without it none are told. */
  webhookUrl?: string;
  port?: number;
  host?: string;
  ledgerPath?: string;
  /** Between the statuses of a message; undefined tells none by itself. */
  statusEveryMs?: number;
  /** Free text outside 24 hours of the person's last message is taken and fails, as Meta does it. */
  hasWindow?: boolean;
  post?: Post;
}

/** What somebody sends: one or more messages in Meta's own form, without what the stub fills in. */
export const Inbound = z.object({
  url: z.url(),
  phoneNumberId: z.string(),
  from: z.string(),
  userId: z.string().optional(),
  name: z.string().optional(),
  messages: z.array(z.record(z.string(), z.unknown())).min(1),
  untilTakenMs: z.number().optional(),
});
export type Inbound = z.infer<typeof Inbound>;

export interface Sent {
  id: string;
  phoneNumberId: string;
  to: string;
  callbackData: string | undefined;
  body: Record<string, unknown>;
}

const WINDOW_MS = 24 * 60 * 60_000;
const MOST_KEPT = 20_000;
export const newWamid = (): string => `wamid.${randomBytes(24).toString("base64")}`;

/** What Meta does: takes messages, tells what became of them, brings what people write, keeps files and templates. */
export class Meta {
  readonly ledger: Ledger;
  readonly faults: Fault[] = [];
  readonly webhooks: Webhooks;
  readonly waba: string;
  readonly sent = new Map<string, Sent>();
  readonly files = new Map<string, { contentType: string; bytes: Buffer }>();
  readonly templates: Record<string, unknown>[] = [];
  readonly numbers: Set<string>;
  private readonly wroteAt = new Map<string, number>();

  constructor(readonly options: StubOptions) {
    this.ledger = new Ledger(options.ledgerPath);
    this.waba = options.waba ?? "100000000000001";
    this.numbers = new Set(options.numbers);
    this.webhooks = new Webhooks(options.appSecret, this.waba, this.ledger, options.post);
  }

  /** Takes a message; its statuses follow by themselves where the options say so. */
  accept(phoneNumberId: string, body: Record<string, unknown>, failsWith?: number): Sent {
    const to = String(body.to ?? body.recipient ?? "");
    const callbackData =
      body.biz_opaque_callback_data === undefined ? undefined : String(body.biz_opaque_callback_data);
    const message: Sent = { id: newWamid(), phoneNumberId, to, callbackData, body };
    this.sent.set(message.id, message);
    const oldest = this.sent.size > MOST_KEPT ? this.sent.keys().next().value : undefined;
    if (oldest) this.sent.delete(oldest);
    const text = JSON.stringify(body[String(body.type)] ?? "");
    const outbox = callbackData === undefined ? {} : { outboxId: callbackData };
    this.ledger.write({ kind: "accepted", sid: message.id, to, from: phoneNumberId, text, ...outbox });
    const closed = this.options.hasWindow === true && body.type !== "template" && !this.isOpen(phoneNumberId, to);
    void this.tellAll(message, failsWith ?? (closed ? 131047 : undefined));
    return message;
  }

  private isOpen(phoneNumberId: string, to: string): boolean {
    return Date.now() - (this.wroteAt.get(`${phoneNumberId}:${to}`) ?? 0) < WINDOW_MS;
  }

  private async tellAll(message: Sent, failsWith: number | undefined): Promise<void> {
    const every = this.options.statusEveryMs;
    if (every === undefined || !this.options.webhookUrl) return;
    for (const status of failsWith === undefined ? ["sent", "delivered", "read"] : ["failed"]) {
      await new Promise((resolve) => setTimeout(resolve, every).unref());
      await this.tellStatus(message.id, status, failsWith);
    }
  }

  /** Tells the application what became of a message, as Meta does; answers the application's HTTP status. */
  async tellStatus(id: string, status: string, errorCode?: number): Promise<number> {
    const message = this.sent.get(id);
    const url = this.options.webhookUrl;
    if (!message || !url) return 0;
    const { to, phoneNumberId, callbackData } = message;
    this.ledger.write({ kind: "callback", sid: id, status });
    const told = {
      ...{ id, status, timestamp: seconds(), recipient_id: to },
      ...(callbackData === undefined ? {} : { biz_opaque_callback_data: callbackData }),
      ...(errorCode === undefined ? {} : { errors: [{ code: errorCode, title: "Failed on demand" }] }),
    };
    const value = { ...headOf(phoneNumberId), statuses: [told] };
    return this.webhooks.deliver(url, [{ field: "messages", value }], 15_000);
  }

  /** Takes a template in; where nobody is there to decide, time does. */
  review(template: Record<string, unknown>): void {
    const { approvesAfterMs } = this.options;
    if (approvesAfterMs === undefined) return;
    const [name, language] = [String(template.name), String(template.language)];
    setTimeout(() => void this.decide(name, language, "APPROVED"), approvesAfterMs).unref();
  }

  /** Decides on a template as a reviewer would, and tells of it where it is told at all. Answers the application's status. */
  async decide(name: string, language: string, event: string, reason = "NONE"): Promise<number> {
    const template = this.templates.find((one) => one.name === name && one.language === language);
    if (template) Object.assign(template, { status: event, rejected_reason: reason });
    return this.tellNews("message_template_status_update", {
      ...{ event, reason, message_template_id: Number(template?.id ?? 0) },
      ...{ message_template_name: name, message_template_language: language },
    });
  }

  /** News of the account, which names no number: of a template, a ban, a number's quality. */
  async tellNews(field: string, value: Record<string, unknown>): Promise<number> {
    const url = this.options.webhookUrl;
    return url ? this.webhooks.deliver(url, [{ field, value }], 15_000) : 0;
  }

  /** Somebody's messages, all in one delivery, as Meta sends them; ids that are given again are repeats. */
  async sendInbound(inbound: Inbound): Promise<{ ids: string[]; status: number }> {
    const { url, phoneNumberId, from, userId, name, untilTakenMs } = inbound;
    this.wroteAt.set(`${phoneNumberId}:${from}`, Date.now());
    const who = userId === undefined ? {} : { from_user_id: userId };
    const messages = inbound.messages.map((one) => ({ id: newWamid(), from, ...who, timestamp: seconds(), ...one }));
    for (const { id } of messages)
      this.ledger.write({ kind: "inbound", sid: String(id), to: phoneNumberId, from, text: "" });
    const contact = {
      ...{ profile: { name: name ?? "" }, wa_id: from },
      ...(userId === undefined ? {} : { user_id: userId }),
    };
    const value = { ...headOf(phoneNumberId), contacts: [contact], messages };
    const status = await this.webhooks.deliver(url, [{ field: "messages", value }], untilTakenMs);
    return { ids: messages.map(({ id }) => String(id)), status };
  }
}

const seconds = () => String(Math.floor(Date.now() / 1000));

const headOf = (phoneNumberId: string) => ({
  messaging_product: "whatsapp",
  metadata: { display_phone_number: "15550100000", phone_number_id: phoneNumberId },
});
