import type pg from "pg";
import type { LedgerEntry } from "@/stubs/twilio/ledger";

type Ledger = readonly LedgerEntry[];
type Check = (sql: pg.Client, ledger: Ledger) => Promise<string[]>;

const textsOf = async (sql: pg.Client, text: string): Promise<string[]> =>
  (await sql.query<{ value: string }>(text)).rows.map((row) => row.value);

const missing = (wanted: Iterable<string>, there: Iterable<string>): string[] => {
  const set = new Set(there);
  return [...new Set(wanted)].filter((one) => !set.has(one));
};

/** Every message that the carrier delivered is a row, and every row is one of the carrier's. */
const nothingLost: Check = async (sql, ledger) => {
  const delivered = ledger.flatMap(({ kind, sid }) => (kind === "inbound" && sid ? [sid] : []));
  const stored = await textsOf(sql, "select vendor_id as value from messages where direction = 'inbound'");
  const twice = stored.filter((one, at) => stored.indexOf(one) !== at);
  return [...missing(delivered, stored), ...missing(stored, delivered), ...twice];
};

/** The carrier took each outbox row at most once, and everything that counts as sent it took. */
const sentOnce: Check = async (sql, ledger) => {
  const accepted = ledger.flatMap(({ kind, outboxId }) => (kind === "accepted" && outboxId ? [outboxId] : []));
  const twice = accepted.filter((one, at) => accepted.indexOf(one) !== at);
  const done = await textsOf(
    sql,
    "select o.id as value from outbox o join messages m on m.id = o.message_id where m.status in ('sent', 'delivered', 'read')",
  );
  return [...twice, ...missing(done, accepted), ...missing(accepted, done)];
};

/** Between two requests for the same row lies a refusal, or the question whether the carrier has it. */
const provenAbsent: Check = async (_sql, ledger) => {
  const lastRequest = new Map<string, number>();
  return ledger.flatMap(({ kind, outboxId }, at) => {
    if (kind !== "request" || !outboxId) return [];
    const before = lastRequest.get(outboxId);
    lastRequest.set(outboxId, at);
    if (before === undefined) return [];
    const between = ledger.slice(before + 1, at);
    return between.some((entry) => entry.kind === "listed" || entry.kind === "refused") ? [] : [outboxId];
  });
};

const BOOKED = "You're booked";

/** Who was told that they are booked, is. */
const bookingsKept: Check = async (sql, ledger) => {
  const told = ledger.flatMap(({ kind, to, text }) =>
    kind === "accepted" && text?.includes(BOOKED) ? [to ?? ""] : [],
  );
  const booked = await textsOf(
    sql,
    `select p.value as value from appointments a join conversations c on c.id = a.conversation_id
      join contact_points p on p.id = c.contact_point_id where a.status = 'scheduled'`,
  );
  const twice = booked.filter((one, at) => booked.indexOf(one) !== at);
  return [...missing(told, booked), ...twice];
};

/** What only the carrier's ledger against the tables can decide. */
export const LEDGER_INVARIANTS: readonly { id: string; check: Check }[] = [
  { id: "I1", check: nothingLost },
  { id: "I4", check: sentOnce },
  { id: "I5", check: provenAbsent },
  { id: "I7", check: bookingsKept },
];
