/** One guard, how it is taken away, and the test that must go red without it. */
export interface Guard {
  name: string;
  /** The file that the guard stands in, from the root. */
  file: string;
  /** An exact snippet that occurs once in the file; an empty one adds to the file's end. */
  find: string;
  replace: string;
  test: { file: string; name: string };
}

const MIGRATION = "db/migrations/0001_guards.sql";

/** A guard of the database: taken away by a statement after the last of the migration's. */
export const inDatabase = (
  name: string,
  statements: string[],
  file: string,
  test: string,
  migration: string = MIGRATION,
): Guard => ({
  name,
  file: migration,
  find: "",
  replace: statements.map((statement) => `\n--> statement-breakpoint\n${statement};`).join(""),
  test: { file, name: test },
});

/** A guard of the code: one exact snippet is replaced. */
export const inCode = (name: string, file: string, [find, replace]: [string, string], test: Guard["test"]): Guard => ({
  ...{ name, file, find, replace, test },
});
