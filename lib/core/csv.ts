import Papa from "papaparse";
import { err, ok, type Result } from "./result";

export const MOST_ROWS = 25_000;

/** One line of a file: `row` counts as a spreadsheet does, the header being row 1. */
export interface FileRow<C extends string> {
  row: number;
  cells: Partial<Record<C, string>>;
}

/** What keeps a spreadsheet from reading a cell as a formula is no part of the value. */
const bare = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r])/, "").trim();
const keyOf = (header: string) => bare(header).toLowerCase();

interface CsvShape<C extends string> {
  known: readonly C[];
  /** Which header of the file is which column; without it the headers are the columns' own names. */
  columns?: Partial<Record<C, string>> | undefined;
  needed: C;
}

/** A file by its columns. VALIDATION_FAILED: no rows or too many, the needed column or a header isn't there. */
export function readCsv<C extends string>(csv: string, shape: CsvShape<C>): Result<FileRow<C>[]> {
  const parsed = Papa.parse<string[]>(csv.replace(/^\ufeff/, "").replaceAll("\u0000", ""), { skipEmptyLines: false });
  const [headers = [], ...lines] = parsed.data;
  const places = placesOf(headers, shape);
  if (!places.ok) return places;
  const rows = lines
    .map((line, at) => ({ row: at + 2, line }))
    .filter(({ line }) => line.some((cell) => cell.trim() !== ""))
    .map(({ row, line }) => ({ row, cells: cellsOf(places.data, line) }));
  if (rows.length === 0) return refused(["csv"], "The file has no rows.");
  if (rows.length > MOST_ROWS) return refused(["csv"], `A file takes ${MOST_ROWS} rows at most.`);
  return ok(rows);
}

type Places<C extends string> = [C, number][];

function cellsOf<C extends string>(places: Places<C>, line: string[]): Partial<Record<C, string>> {
  const cells: Partial<Record<C, string>> = {};
  for (const [column, at] of places) cells[column] = bare(line[at] ?? "");
  return cells;
}

/** Where each column stands in a line. */
function placesOf<C extends string>(headers: string[], shape: CsvShape<C>): Result<Places<C>> {
  const { known, columns, needed } = shape;
  const there = headers.map(keyOf);
  const places: Places<C> = [];
  for (const column of known) {
    const header = columns ? columns[column] : column;
    if (header === undefined || header === "") continue;
    const at = there.indexOf(keyOf(header));
    if (at >= 0) places.push([column, at]);
    else if (columns) return refused(["columns", column], "The file has no such header.");
  }
  if (!places.some(([column]) => column === needed))
    return refused(["columns", needed], `Say which column is the ${needed}.`);
  return ok(places);
}

const refused = (path: string[], message: string) => err("VALIDATION_FAILED", [{ code: "custom", path, message }]);

/** Spreadsheets read a file with it as UTF-8. */
const BYTE_ORDER_MARK = "\ufeff";
/** What a spreadsheet would run as a formula gets an apostrophe before it; `readCsv` takes it off again. */
const WRITTEN = { escapeFormulae: true, newline: "\r\n" } as const;

/** The header line of an export. */
export const csvHead = (columns: readonly string[]): string => BYTE_ORDER_MARK + Papa.unparse([[...columns]], WRITTEN);

/** More lines of an export, by the columns of its head. */
export const csvLines = (columns: readonly string[], rows: readonly Record<string, unknown>[]): string =>
  `\r\n${Papa.unparse({ fields: [...columns], data: [...rows] }, { ...WRITTEN, header: false })}`;
