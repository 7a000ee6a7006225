import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { matchesOf, withoutGuard } from "./apply";
import { GUARDS } from "./guards";

const read = (file: string) => readFileSync(join(import.meta.dirname, "../..", file), "utf8");

test.each(GUARDS)(
  "$name: what is taken away stands there exactly once, and taking it away changes the file",
  (guard) => {
    const text = read(guard.file);
    expect(matchesOf(text, guard)).toBe(1);
    expect(withoutGuard(text, guard)).not.toBe(text);
  },
);

test("every guard has a name of its own", () =>
  expect(new Set(GUARDS.map(({ name }) => name)).size).toBe(GUARDS.length));
