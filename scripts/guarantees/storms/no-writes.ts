import type { Field } from "../field";
import { hammer } from "./hammer";
import { pause, waitUntil } from "./pause";
import type { Storm } from "./storms";

/** A segment of the log is as large; no file grows beyond it. */
const LARGEST_FILE = 16 * 1024 * 1024;
const TAKES_EFFECT_MS = 300;
const KNOCKS = { most: 40, forMs: 1000 };

/** F04. The database takes no writes: first it may not, then its disk is full. What can't be kept is never acknowledged. */
export const noWrites: Storm = {
  mayFail: true,
  during: async (field) => {
    await pause(field.random.below(800));
    return [...(await readOnly(field)), ...(await diskFull(field))];
  },
};

async function readOnly(field: Field): Promise<string[]> {
  const { database } = field;
  await database.query("alter system set default_transaction_read_only = on");
  await database.query("select pg_reload_conf()");
  await pause(TAKES_EFFECT_MS);
  const problems = await hammer(field, 503, KNOCKS);
  await database.query("alter system reset default_transaction_read_only");
  await database.query("select pg_reload_conf()");
  return problems.map((problem) => `read only: ${problem}`);
}

async function diskFull(field: Field): Promise<string[]> {
  const { database, place } = field;
  if (!place.power) throw new Error("no server to fill");
  field.cuts += 2; // its restarts
  const mayWrite = () =>
    database.query("alter table webhook_events set (autovacuum_enabled = false)").then(...YES_OR_NO);
  if (!(await waitUntil(mayWrite))) return ["the database still takes no writes"];
  await place.power.limitFiles(LARGEST_FILE);
  await fill(field);
  const problems = await hammer(field, 503, KNOCKS);
  await place.power.limitFiles(undefined);
  await database.query("delete from webhook_events where account = 'filler'");
  return problems.map((problem) => `full disk: ${problem}`);
}

const FILL = `insert into webhook_events (id, vendor, account, vendor_id, event, body, state)
  select gen_random_uuid(), 'twilio', 'filler', gen_random_uuid()::text, 'status:filler',
    jsonb_build_object('x', repeat('x', $1::int)), 'done' from generate_series(1, $2::int)`;
/** How long each row is and how many come at once, until no more fits. */
const FILLINGS = [
  [1500, 1000],
  [1500, 20],
  [1500, 1],
  [1, 1],
] as const;

/** Fills the table of raw events to the last byte. */
async function fill({ database }: Field): Promise<void> {
  for (const [length, count] of FILLINGS) {
    const fits = () => database.query(FILL, [length, count]).then(...YES_OR_NO);
    while (await fits());
  }
}

const YES_OR_NO = [() => true, () => false] as const;
