import { Client, type PoolClient } from "pg";
import { newId } from "@/db/ids";

/** One statement as it went to the server. */
export interface Statement {
  text: string;
  values: unknown[];
}

type Query = (...args: unknown[]) => unknown;
const named = (value: unknown): { text?: unknown; values?: unknown } =>
  typeof value === "object" && value !== null ? value : { text: value };

/** The statements that `work` sends, in order: whoever is to run "the same SQL" runs exactly these. */
export async function recordSql(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const prototype = Client.prototype as unknown as { query: Query }; // overloads of the driver, seen as what they are
  const original = prototype.query;
  prototype.query = function (this: Client, ...args: unknown[]) {
    const { text, values } = named(args[0]);
    const given = Array.isArray(args[1]) ? args[1] : Array.isArray(values) ? values : [];
    if (typeof text === "string") statements.push({ text, values: given });
    return original.apply(this, args);
  };
  await work().finally(() => (prototype.query = original));
  return statements;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;

interface Change {
  /** Ids that stay; each other one is new, the same one everywhere. */
  kept: ReadonlySet<string>;
  /** The present of the recording, which stays. */
  now: string;
  minutes: number;
  /** Another provider instead of the recorded one. */
  provider?: readonly [from: string, to: string];
}

/** Recorded statements for another visit: new ids, moved in time. */
export function changed(statements: readonly Statement[], change: Change): Statement[] {
  const ids = new Map<string, string>(change.provider ? [change.provider] : []);
  const idFor = (id: string) => {
    const known = ids.get(id) ?? (change.kept.has(id) ? id : newId());
    ids.set(id, known);
    return known;
  };
  const moved = (instant: string) =>
    instant === change.now ? instant : new Date(Date.parse(instant) + change.minutes * 60_000).toISOString();
  const valueOf = (value: unknown): unknown => {
    if (value instanceof Date) return moved(value.toISOString());
    return typeof value === "string" ? value.replace(UUID, idFor).replace(INSTANT, moved) : value;
  };
  return statements.map(({ text, values }) => ({ text, values: values.map(valueOf) }));
}

const names = new Map<string, string>();
const nameOf = (text: string) => {
  const name = names.get(text) ?? `replay${names.size}`;
  names.set(text, name);
  return name;
};

/** Runs them prepared, as pgbench would; false, and rolled back, where the slot's insert took nothing. */
export async function replay(client: PoolClient, statements: readonly Statement[]): Promise<boolean> {
  for (const { text, values } of statements) {
    // As pgbench prepares: what takes no values goes as it is.
    const { rowCount } = await client.query(values.length > 0 ? { name: nameOf(text), text, values } : text);
    if (/insert into "occupancies"/.test(text) && rowCount === 0) {
      await client.query("rollback");
      return false;
    }
  }
  return true;
}
