import { appendFileSync } from "node:fs";

/** What the carrier saw, written at once and never changed: the oracle against our own tables. */
export interface LedgerEntry {
  at: string;
  kind: "request" | "accepted" | "refused" | "listed" | "inbound" | "callback";
  sid?: string;
  /** Of our outbox, from the status-callback address. */
  outboxId?: string;
  to?: string;
  from?: string;
  text?: string;
  status?: string;
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
