import { readCsv, type FileRow as CsvRow } from "@/lib/core/csv";
import type { Result } from "@/lib/core/result";
import { IMPORT_COLUMNS, type ImportColumn, type ImportPatients } from "../schema";

export type FileRow = CsvRow<ImportColumn>;

/** The file by its columns. VALIDATION_FAILED: no rows or too many, no column of names, a header that isn't there. */
export const readFile = ({ csv, columns }: Pick<ImportPatients, "csv" | "columns">): Result<FileRow[]> =>
  readCsv(csv, { known: IMPORT_COLUMNS, columns, needed: "name" });
