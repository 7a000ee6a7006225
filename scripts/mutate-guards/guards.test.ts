import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { matchesOf, withoutGuard } from "./apply";
import { BOOK_GUARDS } from "./book-guards";
import { GUARDS } from "./guards";

const read = (file: string) => readFileSync(join(import.meta.dirname, "../..", file), "utf8");

const ALL = [...GUARDS, ...BOOK_GUARDS];

test.each(ALL)("$name: what is taken away stands there exactly once, and taking it away changes the file", (guard) => {
  const text = read(guard.file);
  expect(matchesOf(text, guard)).toBe(1);
  expect(withoutGuard(text, guard)).not.toBe(text);
});

test("every guard has a name of its own", () => expect(new Set(ALL.map(({ name }) => name)).size).toBe(ALL.length));
