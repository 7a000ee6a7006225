import Papa from "papaparse";
import { err, ok, type Result } from "@/lib/core/result";
import { IMPORT_COLUMNS, type ImportColumn, type ImportPatients } from "../schema";

export const MOST_ROWS = 25_000;

/** One line of the file: `row` counts as a spreadsheet does, the header being row 1. */
export interface FileRow {
  row: number;
  cells: Partial<Record<ImportColumn, string>>;
}

/** What keeps a spreadsheet from reading a cell as a formula is no part of the value. */
const bare = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r])/, "").trim();
const keyOf = (header: string) => bare(header).toLowerCase();

/** The file by its columns. VALIDATION_FAILED: no rows or too many, no column of names, a header that isn't there. */
export function readFile({ csv, columns }: Pick<ImportPatients, "csv" | "columns">): Result<FileRow[]> {
  const parsed = Papa.parse<string[]>(csv.replace(/^\ufeff/, "").replaceAll("\u0000", ""), { skipEmptyLines: false });
  const [headers = [], ...lines] = parsed.data;
  const places = placesOf(headers, columns);
  if (!places.ok) return places;
  const rows = lines
    .map((line, at) => ({ row: at + 2, line }))
    .filter(({ line }) => line.some((cell) => cell.trim() !== ""))
    .map(({ row, line }) => ({
      row,
      cells: Object.fromEntries(places.data.map(([column, at]) => [column, bare(line[at] ?? "")])),
    }));
  if (rows.length === 0) return refused(["csv"], "The file has no rows.");
  if (rows.length > MOST_ROWS) return refused(["csv"], `A file takes ${MOST_ROWS} rows at most.`);
  return ok(rows);
}

/** Where each column stands in a line. */
function placesOf(headers: string[], columns: ImportPatients["columns"]): Result<[ImportColumn, number][]> {
  const known = headers.map(keyOf);
  const asked = IMPORT_COLUMNS.map((column) => ({ column, header: columns ? columns[column] : column }));
  const places: [ImportColumn, number][] = [];
  for (const { column, header } of asked) {
    if (header === undefined || header === "") continue;
    const at = known.indexOf(keyOf(header));
    if (at >= 0) places.push([column, at]);
    else if (columns) return refused(["columns", column], "The file has no such header.");
  }
  if (!places.some(([column]) => column === "name"))
    return refused(["columns", "name"], "Say which column is the name.");
  return ok(places);
}

const refused = (path: string[], message: string) => err("VALIDATION_FAILED", [{ code: "custom", path, message }]);
