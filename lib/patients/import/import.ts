import { sql } from "drizzle-orm";
import { createTranslator } from "use-intl/core";
import type { Tx } from "@/db/client";
import { audit } from "@/lib/audit/record";
import { messagesOf } from "@/lib/core/catalogue";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import { dayIn } from "@/lib/core/zone";
import { announce } from "@/lib/realtime/announce";
import type { ImportPatients, ImportProblem } from "../schema";
import { duplicatesInClinicIn, duplicatesInFile } from "./find-duplicates";
import { readFile, type FileRow } from "./read-file";
import { readRow, type ImportedPerson, type Problem, type ProblemCode, type Reading } from "./read-row";
import { writeConsentsIn } from "./write-consents";
import { writePeopleIn } from "./write-people";

export interface ImportReport {
  dryRun: boolean;
  rows: number;
  ready: number;
  imported: number;
  skipped: number;
  failed: number;
  problems: ImportProblem[];
  problemsCapped: boolean;
  preview: Record<string, string | null>[];
}

const AT_ONCE = 1000;
const PROBLEMS_AT_MOST = 2000;
const PREVIEWED = 5;

/**
 * Takes a clinic's list of patients over. A dry run writes nothing and tells, row by row, what a run would do; a run
 * with one wrong row is VALIDATION_FAILED and writes nothing either: all or nothing, in one transaction. Who is in the
 * file twice, or in the clinic already (same name at the same phone or e-mail), is left out. Nobody is messaged.
 */
export async function importPatients(ctx: ClinicContext, input: ImportPatients): Promise<Result<ImportReport>> {
  const file = readFile(input);
  if (!file.ok) return file;
  if (input.dry_run)
    return query(ctx, async (tx) => ok(reportOf(ctx, file.data, await check(tx, ctx, input, file.data), true)));
  return transact(ctx, {}, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`import patients ${ctx.clinic.id}`}, 0))`);
    const checked = await check(tx, ctx, input, file.data);
    const wrong = checked.problems.filter(({ code }) => kindOf(code) === "error");
    if (wrong.length > 0) return err("VALIDATION_FAILED", issuesOf(ctx, wrong));
    const kept = await write(tx, ctx, checked.people);
    return ok(reportOf(ctx, file.data, { ...checked, problems: [...checked.problems, ...kept] }, false));
  });
}

interface Checked {
  /** Who would be written. */
  people: ImportedPerson[];
  problems: Problem[];
}

async function check(tx: Tx, ctx: ClinicContext, input: ImportPatients, rows: FileRow[]): Promise<Checked> {
  const reading: Reading = {
    country: ctx.clinic.country,
    today: dayIn(ctx.now(), ctx.clinic.timeZone),
    dateOrder: input.date_order ?? (ctx.clinic.country === "US" ? "mdy" : "dmy"),
    defaultType: input.default_type,
    defaultLanguage: input.default_language,
  };
  const read = rows.map((row) => readRow(row, reading));
  const sound = read.filter(({ problems }) => problems.length === 0).map(({ person }) => person);
  const twice = duplicatesInFile(sound);
  const known = await duplicatesInClinicIn(tx, ctx, sound);
  const left = new Set([...twice, ...known].map(({ row }) => row));
  const told = new Set(known.map(({ row }) => row));
  const problems = [...read.flatMap((one) => one.problems), ...known, ...twice.filter(({ row }) => !told.has(row))];
  return { people: sound.filter(({ row }) => !left.has(row)), problems };
}

async function write(tx: Tx, ctx: ClinicContext, people: readonly ImportedPerson[]): Promise<Problem[]> {
  const kept: Problem[] = [];
  let first: string | undefined;
  for (let from = 0; from < people.length; from += AT_ONCE) {
    const part = people.slice(from, from + AT_ONCE);
    const { points, ids } = await writePeopleIn(tx, ctx, part);
    kept.push(...(await writeConsentsIn(tx, ctx, part, points)));
    first ??= ids[0];
  }
  if (!first) return kept;
  await audit(tx, ctx, { action: "patient.import", targetType: "clinic", targetId: ctx.clinic.id });
  await announce(tx, ctx, "patient", first);
  return kept;
}

/** `skip`: the row is left out and nothing is wrong; `note`: the row is taken, but not all that it says. */
const kindOf = (code: ProblemCode): ImportProblem["kind"] =>
  code === "CONSENT_STAYS_OUT" ? "note" : code.startsWith("DUPLICATE") ? "skip" : "error";

function reportOf(ctx: ClinicContext, rows: FileRow[], { people, problems }: Checked, dryRun: boolean): ImportReport {
  const told = problems.toSorted((a, b) => a.row - b.row).slice(0, PROBLEMS_AT_MOST);
  const rowsOf = (kind: ImportProblem["kind"]) =>
    new Set(problems.filter(({ code }) => kindOf(code) === kind).map(({ row }) => row)).size;
  const words = wordsIn(ctx);
  return {
    dryRun,
    rows: rows.length,
    ready: people.length,
    imported: dryRun ? 0 : people.length,
    skipped: rowsOf("skip"),
    failed: rowsOf("error"),
    problems: told.map((problem) => ({ ...problem, kind: kindOf(problem.code), message: words(problem.code) })),
    problemsCapped: problems.length > PROBLEMS_AT_MOST,
    preview: people.slice(0, PREVIEWED).map(({ consents, row: _row, nameKey: _key, ...person }) => ({
      ...person,
      consents: consents.map(({ channelKind, state }) => `${channelKind}: ${state}`).join(", ") || null,
    })),
  };
}

function wordsIn(ctx: ClinicContext): (code: ProblemCode) => string {
  const messages = messagesOf(ctx.locale);
  const t = createTranslator({ locale: ctx.locale, messages, namespace: "patients.import.problems" });
  return (code) => t(code);
}

const issuesOf = (ctx: ClinicContext, problems: readonly Problem[]) => {
  const words = wordsIn(ctx);
  return problems
    .slice(0, PROBLEMS_AT_MOST)
    .map(({ row, column, code }) => ({ code, path: ["csv", row, ...(column ? [column] : [])], message: words(code) }));
};
