import { hashToken } from "@/lib/core/crypto";
import type { RawEvent } from "@/lib/messaging/ingest/webhook-events";
import { isLoose, listOf, looseOf, textOf, type Loose } from "./loose";

/** Meta's ids are shorter by far; a longer one is kept under its hash. */
const LONGEST_ID = 200;
const LONGEST_WORD = 32;
const LONGEST_ACCOUNT = 64;

export interface Split {
  events: RawEvent[];
  /** The phone number ids that the delivery names, each once. */
  numbers: string[];
}

/** What a change of one field brings: the list that holds it, and how one piece of it is called and known by. */
const PARTS = {
  messages: { event: () => "message", idOf: (part: Loose) => textOf(part.id) },
  statuses: {
    event: (part: Loose) => `status:${textOf(part.status)?.toLowerCase().slice(0, LONGEST_WORD) ?? "?"}`,
    idOf: (part: Loose) => textOf(part.id),
  },
  message_echoes: { event: () => "echo", idOf: (part: Loose) => textOf(part.id) },
  calls: {
    event: (part: Loose) => `call:${textOf(part.event)?.toLowerCase().slice(0, LONGEST_WORD) ?? "?"}`,
    idOf: (part: Loose) => textOf(part.id),
  },
  user_preferences: { event: () => "preference", idOf: () => undefined },
  user_id_update: { event: () => "user_id", idOf: () => undefined },
} as const;

/**
 * Splits a delivery into one row a message, a status and every other piece of news. What can't be split, be it one entry
 * among fifty or the whole body, is a row of its own, under the hash of what it says: nothing is dropped, and a repeat is
 * known again. Never throws.
 */
export function splitDelivery(raw: string): Split {
  const body = readJson(raw);
  const entries = looseOf(body).entry;
  if (!Array.isArray(entries) || entries.length === 0) return { events: [unread("", body)], numbers: [] };
  const events = entries.flatMap(splitEntry);
  const numbers = events.flatMap(({ body: kept }) => textOf(kept.phone_number_id) ?? []);
  return { events, numbers: [...new Set(numbers)] };
}

function splitEntry(entry: unknown): RawEvent[] {
  const { id, changes } = looseOf(entry);
  const waba = textOf(id) ?? "";
  if (!Array.isArray(changes) || changes.length === 0) return [unread(waba, entry)];
  return changes.flatMap((change) => splitChange(waba, change, looseOf(entry).time));
}

function splitChange(waba: string, change: unknown, time: unknown): RawEvent[] {
  if (!isLoose(change) || !isLoose(change.value)) return [unread(waba, change)];
  const { field, value } = change;
  const metadata = looseOf(value.metadata);
  const number = textOf(metadata.phone_number_id);
  const about = {
    ...(number ? { phone_number_id: number } : {}),
    ...(metadata.display_phone_number ? { display_phone_number: metadata.display_phone_number } : {}),
    ...(waba ? { waba } : {}),
  };
  const account = number ?? waba;
  const events = Object.entries(PARTS).flatMap(([name, { event, idOf }]) =>
    listOf(value[name]).map((part): RawEvent => {
      if (!isLoose(part)) return unread(account, part, about);
      const contact = contactOf(value.contacts, part);
      const body = { ...about, ...(contact ? { contact } : {}), part };
      return row(account, event(part), idOf(part) ?? fingerprint(part), body);
    }),
  );
  // News of another kind, or a change that says nothing: kept whole.
  if (events.length > 0) return events;
  const word = `notice:${textOf(field)?.slice(0, LONGEST_WORD) ?? "?"}`;
  return [row(account, word, fingerprint([change, time]), { ...about, field, value })];
}

/** Who a piece is from, out of the delivery's list of people: by number, by user id, else the only one. */
function contactOf(contacts: unknown, part: Loose): unknown {
  const people = listOf(contacts).filter(isLoose);
  const phone = textOf(part.from) ?? textOf(part.wa_id);
  const userId = textOf(part.from_user_id);
  return (
    people.find((one) => phone !== undefined && textOf(one.wa_id) === phone) ??
    people.find((one) => userId !== undefined && textOf(one.user_id) === userId) ??
    (people.length === 1 && phone === undefined && userId === undefined ? people[0] : undefined)
  );
}

const row = (account: string, event: string, vendorId: string, body: Loose): RawEvent => ({
  vendor: "whatsapp",
  account: account.slice(0, LONGEST_ACCOUNT),
  vendorId: vendorId.length <= LONGEST_ID ? vendorId : fingerprint(vendorId),
  event,
  body,
});

const unread = (account: string, raw: unknown, about: Loose = {}): RawEvent =>
  row(account, "unread", fingerprint(raw), { ...about, raw });

const fingerprint = (value: unknown) => `?${hashToken(JSON.stringify(value) ?? "")}`;

/** Far deeper than anything that Meta sends; Postgres and JSON itself give up some way below. */
const DEEPEST = 64;

/** The body as JSON, else as the text that it is. */
function readJson(raw: string): unknown {
  try {
    return storable(JSON.parse(raw));
  } catch {
    return storable(raw);
  }
}

/** Postgres keeps neither NUL nor half a surrogate pair, in names no more than in values. Throws where it goes too deep. */
function storable(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST) throw new RangeError("too deep");
  if (typeof value === "string") return plain(value);
  if (Array.isArray(value)) return value.map((one) => storable(one, depth + 1));
  if (!isLoose(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [plain(name), storable(one, depth + 1)]));
}

const HALF_A_PAIR = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const plain = (text: string) => text.replaceAll("\u0000", "").replace(HALF_A_PAIR, "\ufffd");
