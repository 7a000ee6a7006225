import { sql } from "drizzle-orm";
import { createTranslator } from "use-intl/core";
import { audit } from "@/lib/audit/record";
import { messagesOf } from "@/lib/core/catalogue";
import type { ClinicContext } from "@/lib/core/context";
import { readCsv, type FileRow } from "@/lib/core/csv";
import { err, ok, type Result } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import { isActive, VIOLATIONS } from "../rules";
import { checkIn, type Checked } from "./check";
import type { Problem } from "./read-row";
import { BOOK_COLUMNS, NAMED, PROBLEM_KINDS, type BookColumn, type ImportBook, type Named } from "./schema";
import { writeVisitsIn } from "./write-visits";

export interface ImportedBook {
  dryRun: boolean;
  importId: string | null;
  rows: number;
  ready: number;
  imported: number;
  skipped: number;
  failed: number;
  noted: number;
  upcoming: number;
  newPatients: number;
  problems: (Omit<Problem, "value"> & { kind: "error" | "skip" | "note"; value: string | null; message: string })[];
  problemsCapped: boolean;
  failedRows: number[];
  unknown: { column: Named; value: string; rows: number }[];
  choices: Checked["names"]["choices"];
}

const PROBLEMS_AT_MOST = 2000;
const ROWS_AT_MOST = 5000;

/**
 * Takes a clinic's former book over. A dry run writes nothing and names, row by row, what stands against it; a run with
 * one wrong row is VALIDATION_FAILED and writes nothing either: all or nothing, in one transaction, in which rivals for
 * the same time are refused by the same constraint as everywhere (then their rows are named). Patients are found or
 * made; what is over is completed. Visits that came in before, by the former book's own id or as the same visit, are
 * left out. Nobody is messaged or notified.
 */
export async function importBook(ctx: ClinicContext, input: ImportBook): Promise<Result<ImportedBook>> {
  if (ctx.clinic.status === "suspended") return err("CLINIC_SUSPENDED");
  const file = readCsv(input.csv, { known: BOOK_COLUMNS, columns: input.columns, needed: "date" });
  if (!file.ok) return file;
  if (input.dry_run)
    return query(ctx, async (tx) => ok(reportOf(ctx, file.data, await checkIn(tx, ctx, input, file.data), null)));
  return transact(ctx, VIOLATIONS, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`import book ${ctx.clinic.id}`}, 0))`);
    const checked = await checkIn(tx, ctx, input, file.data);
    const wrong = checked.problems.filter(({ code }) => PROBLEM_KINDS[code] === "error");
    if (wrong.length > 0) return err("VALIDATION_FAILED", issuesOf(ctx, wrong));
    if (checked.visits.length === 0) return ok(reportOf(ctx, file.data, checked, ""));
    const { importId, lost, first } = await writeVisitsIn(tx, ctx, checked);
    if (lost.length > 0) {
      const taken = lost.map(({ row }) => ({ row, column: "time", code: "TIME_LOST" }) as const);
      return err("VALIDATION_FAILED", issuesOf(ctx, taken));
    }
    await audit(tx, ctx, { action: "appointment.import", targetType: "visit_import", targetId: importId });
    if (first) await announce(tx, ctx, "appointment", first.id);
    if (first) await announce(tx, ctx, "patient", first.patientId);
    return ok(reportOf(ctx, file.data, checked, importId));
  });
}

/** `importId`: null in a dry run, empty where there was nothing to write. */
function reportOf(
  ctx: ClinicContext,
  rows: readonly FileRow<BookColumn>[],
  { visits, people, problems, names }: Checked,
  importId: string | null,
): ImportedBook {
  const rowsOf = (kind: "error" | "skip" | "note") => [
    ...new Set(problems.filter(({ code }) => PROBLEM_KINDS[code] === kind).map(({ row }) => row)),
  ];
  const failed = rowsOf("error");
  const words = wordsIn(ctx);
  const sorted = problems.toSorted((a, b) => a.row - b.row);
  const fresh = new Set(visits.map(({ row }) => people.of.get(row)).filter((whose) => typeof whose === "number"));
  return {
    ...{ dryRun: importId === null, importId: importId || null, rows: rows.length, ready: visits.length },
    imported: importId === null ? 0 : visits.length,
    ...{ skipped: rowsOf("skip").length, failed: failed.length, noted: rowsOf("note").length },
    upcoming: visits.filter(({ status }) => isActive(status)).length,
    newPatients: fresh.size,
    problems: sorted.slice(0, PROBLEMS_AT_MOST).map((problem) => ({
      ...problem,
      kind: PROBLEM_KINDS[problem.code],
      value: problem.value ?? null,
      message: words(problem),
    })),
    problemsCapped: problems.length > PROBLEMS_AT_MOST,
    failedRows: failed.toSorted((a, b) => a - b).slice(0, ROWS_AT_MOST),
    ...{ unknown: unknownOf(problems), choices: names.choices },
  };
}

const UNKNOWN_CODES = { provider: "PROVIDER_UNKNOWN", service: "SERVICE_UNKNOWN", chair: "CHAIR_UNKNOWN" } as const;

/** The words that a choice is to be made for, the most frequent first. */
function unknownOf(problems: readonly Problem[]): ImportedBook["unknown"] {
  const counts = new Map<string, { column: Named; value: string; rows: number }>();
  for (const { code, value } of problems)
    for (const column of NAMED) {
      if (code !== UNKNOWN_CODES[column] || value === undefined) continue;
      const key = `${column} ${value}`;
      const before = counts.get(key) ?? { column, value, rows: 0 };
      counts.set(key, { ...before, rows: before.rows + 1 });
    }
  return [...counts.values()].toSorted((a, b) => b.rows - a.rows).slice(0, 200);
}

function wordsIn(ctx: ClinicContext): (problem: Pick<Problem, "code" | "value">) => string {
  const messages = messagesOf(ctx.locale);
  const t = createTranslator({ locale: ctx.locale, messages, namespace: "appointments.import.problems" });
  return ({ code, value = "" }) => t(code, { value });
}

const issuesOf = (ctx: ClinicContext, problems: readonly Problem[]) => {
  const words = wordsIn(ctx);
  return problems.slice(0, PROBLEMS_AT_MOST).map(({ row, column, code, value }) => ({
    ...{ code, path: ["csv", row, ...(column ? [column] : [])], message: words({ code, ...(value ? { value } : {}) }) },
  }));
};
