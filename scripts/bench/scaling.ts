import pg from "pg";
import { bookQueries, runQuery, type BookQuery } from "./book-queries";
import { fillBook, makeBook, type BusyBook } from "./busy-book";
import { quantile, rowOf, type Plan, type Row } from "./row";
import type { Scratch } from "./scratch";

const SIZES = [1_000, 10_000, 100_000, 1_000_000];
/** Tables with more rows than this may not be read from end to end. */
const LARGE = 10_000;
/** A report that touches few pages has no growth that could be measured. */
const [QUERY_GATE, REPORT_GATE, RLS_GATE] = [0.1, 1.05, 0.65];

interface Measure {
  buffers: number;
  wholeReads: string[];
}

/**
 * The 25 queries of the book over one clinic of 1,000 to a million visits (`CHAIRSIDE_BENCH_VISITS` ends it earlier):
 * pages touched as a power of the visits, tables read from end to end, and what row-level security costs.
 */
export async function scaling(plan: Plan, scratch: Scratch): Promise<Row[]> {
  const most = Number(process.env.CHAIRSIDE_BENCH_VISITS ?? SIZES.at(-1));
  const sizes = SIZES.filter((size) => size <= most);
  const book = await makeBook(new Date().toISOString());
  await tellPlans(scratch);
  const found = new Map<string, Measure[]>();
  let queries: BookQuery[] = [];
  for (const [at, size] of sizes.entries()) {
    plan.say(`  ${size} visits`);
    await fillBook(book, sizes[at - 1] ?? 0, size, scratch.ownerUrl);
    queries = await bookQueries(book);
    for (const query of queries) found.set(query.name, [...(found.get(query.name) ?? []), await measure(query)]);
  }
  const largest = [...found].map(([name, measures]) => `${name} ${measures.map(({ buffers }) => buffers).join(" ")}`);
  for (const line of largest) plan.say(`  ${line}`);
  const exponents = (isReport: boolean) =>
    queries
      .filter((query) => Boolean(query.isReport) === isReport)
      .map(({ name }) => exponentOf(sizes, found.get(name)));
  const whole = [...found].flatMap(([name, measures]) =>
    (measures.at(-1)?.wholeReads ?? []).map((table) => `${name}: ${table}`),
  );
  const facts = { suite: 7, better: "lower", unit: "exponent" } as const;
  const [own, reports] = [exponents(false), exponents(true)];
  const wholeNote = whole.length === 0 ? "no table read whole" : `read whole: ${whole.join(", ")}`;
  return [
    rowOf(
      { ...facts, name: "per-clinic", gate: QUERY_GATE, moonshot: 0.05, note: wholeNote },
      [Math.max(...own)],
      whole.length === 0,
    ),
    rowOf({ ...facts, name: "reports", gate: REPORT_GATE, moonshot: 1, note: `${reports.length} report` }, reports),
    await security(plan, scratch, book),
  ];
}

/** Connections from here on tell each statement's plan and pages. */
async function tellPlans(scratch: Scratch): Promise<void> {
  const owner = new pg.Client(scratch.ownerUrl);
  await owner.connect();
  const role = decodeURIComponent(new URL(process.env.DATABASE_URL ?? "").username);
  const settings = {
    session_preload_libraries: "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_analyze": "on",
    "auto_explain.log_buffers": "on",
    "auto_explain.log_timing": "off",
    "auto_explain.log_nested_statements": "on",
    client_min_messages: "log",
  };
  for (const [name, value] of Object.entries(settings))
    await owner.query(`alter role "${role}" set ${name} = '${value}'`);
  await owner.end();
}

/** All pages that a query's statements touch, and the large tables that they read from end to end. */
async function measure(query: BookQuery): Promise<Measure> {
  const { closePool, pool } = await import("@/db/client");
  await closePool();
  const plans: string[] = [];
  pool().on("connect", (client) => void client.on("notice", ({ message = "" }) => void plans.push(message)));
  await runQuery(query);
  await closePool();
  const wholeReads = plans.flatMap((plan) =>
    [
      ...plan.matchAll(
        /Seq Scan on (?:public\.)?(\w+)[^\n]*\(actual rows=([\d.]+)[^\n]*(?:\n\s+(?:Filter|Buffers)[^\n]*)*(?:\n\s+Rows Removed by Filter: (\d+))?/g,
      ),
    ]
      .filter(([, , rows, removed]) => Number(rows) + Number(removed ?? 0) > LARGE)
      .map(([, table = ""]) => table),
  );
  return { buffers: plans.reduce((sum, plan) => sum + pagesOf(plan), 0), wholeReads: [...new Set(wholeReads)] };
}

/** The first line of pages is the whole statement's. */
function pagesOf(plan: string): number {
  const line = /Buffers: shared ([^\n]*)/.exec(plan)?.[1] ?? "";
  return [...line.matchAll(/(?:hit|read)=(\d+)/g)].reduce((sum, [, pages]) => sum + Number(pages), 0);
}

/** The slope of pages against visits, both as logarithms, over the larger half of the sizes. */
function exponentOf(sizes: readonly number[], measures: readonly Measure[] = []): number {
  const points = sizes
    .map((size, at) => [Math.log(size), Math.log(Math.max(1, measures[at]?.buffers ?? 1))] as const)
    .slice(-3);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([a]) => a)), mean(points.map(([, b]) => b))];
  const spread = points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
  return points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / spread;
}

/** The day's list with row-level security against the same by a role that it doesn't bind; higher is better. */
async function security(plan: Plan, scratch: Scratch, book: BusyBook): Promise<Row> {
  const bound = new pg.Client(process.env.DATABASE_URL);
  const free = new pg.Client(scratch.ownerUrl);
  await Promise.all([bound.connect(), free.connect()]);
  const role = await bound.query("select current_user as name");
  await free.query(`alter role "${role.rows[0]?.name}" reset all`);
  const fresh = new pg.Client(process.env.DATABASE_URL);
  await fresh.connect();
  const ask = async (client: pg.Client) => {
    const started = performance.now();
    for (let time = 0; time < 300; time++) {
      await client.query("begin");
      await client.query("select set_config('app.clinic_id', $1, true)", [book.ctx.clinic.id]);
      await client.query(
        `select a.id, p.name from appointments a join patients p on p.clinic_id = a.clinic_id and p.id = a.patient_id
          where a.clinic_id = $1 and a.starts_at >= $2 order by a.starts_at, a.id limit 50`,
        [book.ctx.clinic.id, book.ctx.now()],
      );
      await client.query("commit");
    }
    return performance.now() - started;
  };
  const ratios: number[] = [];
  for (let round = 0; round <= plan.rounds; round++) {
    const [withPolicies, without] = [await ask(fresh), await ask(free)];
    if (round > 0) ratios.push(without / withPolicies);
  }
  await Promise.all([bound.end(), free.end(), fresh.end()]);
  const note = `300 pages of 50 visits a round; median ratio ${quantile(ratios, 0.5).toFixed(2)}`;
  return rowOf({ suite: 7, name: "rls", gate: RLS_GATE, moonshot: 1, better: "higher", unit: "x", note }, ratios);
}
