import { appendFileSync } from "node:fs";

/** What the carrier saw, written at once and never changed: the oracle against our own tables. */
export interface LedgerEntry {
  at: string;
  /**
   * Of the application's calls: `request` (a send began), `accepted`, `refused`, `withheld` (no answer went out),
   * `listed`. Of its own: `inbound` (a patient's message is held as sent), `callback` (a status), `webhook` (one delivery
   * of either, with the HTTP status that answered it, or `none`).
   */
  kind: "request" | "accepted" | "refused" | "withheld" | "listed" | "inbound" | "callback" | "webhook";
  sid?: string;
  /** Of our outbox, from the status-callback address. */
  outboxId?: string | undefined;
  to?: string;
  from?: string;
  /** A message's words; of a delivery the status that it told of. */
  text?: string;
  /** The message's status, the refusal's code, or the HTTP status of a delivery's answer. */
  status?: string;
  /** When a delivery set out. */
  began?: string;
}

export class Ledger {
  readonly entries: LedgerEntry[] = [];
  constructor(private readonly path: string | undefined) {}

  write(entry: Omit<LedgerEntry, "at">): void {
    const dated = { at: new Date().toISOString(), ...entry };
    this.entries.push(dated);
    if (this.path) appendFileSync(this.path, `${JSON.stringify(dated)}\n`);
    if (this.path && this.entries.length > MOST_IN_MEMORY) this.entries.splice(0, MOST_IN_MEMORY / 2);
  }

  of(kind: LedgerEntry["kind"]): LedgerEntry[] {
    return this.entries.filter((entry) => entry.kind === kind);
  }
}

const MOST_IN_MEMORY = 20_000;
