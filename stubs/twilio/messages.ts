import { randomBytes } from "node:crypto";

/** A message as Twilio's REST API shows it. */
export interface CarrierMessage {
  sid: string;
  account_sid: string;
  to: string;
  from: string;
  body: string;
  status: string;
  direction: "outbound-api" | "inbound";
  error_code: number | null;
  error_message: string | null;
  date_created: string;
  date_updated: string;
  date_sent: string | null;
  num_media: string;
  num_segments: string;
  price: null;
  price_unit: string;
  api_version: string;
  messaging_service_sid: null;
  uri: string;
  subresource_uris: Record<string, string>;
}

const MOST_KEPT = 20_000;
export const newSid = (): string => `SM${randomBytes(16).toString("hex")}`;

/** The account's messages, newest last, the oldest forgotten. */
export class MessageStore {
  private readonly bySid = new Map<string, CarrierMessage>();

  add(fields: Pick<CarrierMessage, "account_sid" | "to" | "from" | "body" | "direction" | "status">, sid = newSid()) {
    const now = new Date().toUTCString();
    const uri = `/2010-04-01/Accounts/${fields.account_sid}/Messages/${sid}`;
    const message: CarrierMessage = {
      ...fields,
      sid,
      error_code: null,
      error_message: null,
      date_created: now,
      date_updated: now,
      date_sent: fields.direction === "inbound" ? now : null,
      num_media: "0",
      num_segments: String(Math.max(1, Math.ceil(fields.body.length / 160))),
      price: null,
      price_unit: "USD",
      api_version: "2010-04-01",
      messaging_service_sid: null,
      uri: `${uri}.json`,
      subresource_uris: { media: `${uri}/Media.json` },
    };
    this.bySid.set(sid, message);
    const oldest = this.bySid.size > MOST_KEPT ? this.bySid.keys().next().value : undefined;
    if (oldest) this.bySid.delete(oldest);
    return message;
  }

  get(sid: string): CarrierMessage | undefined {
    return this.bySid.get(sid);
  }

  all(): CarrierMessage[] {
    return [...this.bySid.values()];
  }

  move(sid: string, status: string, errorCode: number | null = null): void {
    const message = this.bySid.get(sid);
    if (!message) return;
    const now = new Date().toUTCString();
    Object.assign(message, { status, error_code: errorCode, date_updated: now, date_sent: message.date_sent ?? now });
  }

  /** Newest first, by the filters of Twilio's list: To, From and DateSent with `<` or `>`. */
  list(query: URLSearchParams): CarrierMessage[] {
    const [to, from] = [query.get("To"), query.get("From")];
    const [after, before] = [Date.parse(query.get("DateSent>") ?? ""), Date.parse(query.get("DateSent<") ?? "")];
    const most = Math.min(Number(query.get("PageSize") ?? 50) || 50, 1000);
    return this.all()
      .filter((one) => (to === null || one.to === to) && (from === null || one.from === from))
      .filter((one) => Number.isNaN(after) || Date.parse(one.date_sent ?? "") >= after)
      .filter((one) => Number.isNaN(before) || Date.parse(one.date_sent ?? "") <= before)
      .reverse()
      .slice(0, most);
  }
}
