import Papa from "papaparse";

export interface ChosenFile {
  name: string;
  csv: string;
  headers: string[];
  /** The first line that has something in it, by header: what a column looks like. */
  example: Record<string, string>;
  rows: number;
}

const PREVIEWED_ROWS = 20;

/** Reads a file's text and what its columns are called; undefined when it has no rows. */
export async function readChosen(file: File): Promise<ChosenFile | undefined> {
  const csv = await file.text();
  const start = Papa.parse<string[]>(csv.replace(/^\ufeff/, ""), { preview: PREVIEWED_ROWS, skipEmptyLines: "greedy" });
  const [headers = [], ...lines] = start.data;
  const named = headers.map((header) => header.trim()).filter((header) => header !== "");
  if (named.length === 0 || lines.length === 0) return undefined;
  const example = Object.fromEntries(
    headers.map((header, at) => [header.trim(), lines.map((line) => line[at]?.trim() ?? "").find(Boolean) ?? ""]),
  );
  const rows = csv.split(/\r\n|\n|\r/).filter((line) => line.trim() !== "").length - 1;
  return { name: file.name, csv, headers: [...new Set(named)], example, rows };
}

interface FileProblem {
  row: number;
  column: string | null;
  code: string;
  message: string;
}

/** The problems as a file of their own, to be worked through beside the list. */
export function downloadProblems(problems: FileProblem[], fileName: string): void {
  const csv = Papa.unparse(
    problems.map(({ row, column, code, message }) => ({ row, column: column ?? "", code, message })),
    { escapeFormulae: true, newline: "\r\n" },
  );
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`\ufeff${csv}`], { type: "text/csv;charset=utf-8" }));
  link.download = `${fileName.replace(/\.csv$/i, "")}-problems.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
