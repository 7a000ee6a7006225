import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";

/** What is served is the product alone: no crash point, no vendor's stub, no factory of tests, no route of theirs. */

/** Words that only such code has: its own names, and what it says. Each is found in its source, so none is a typo. */
const FOREIGN: Record<string, readonly string[]> = {
  "crash points": ["crashpoint"],
  "the carrier's stub": ["TWILIO_STUB_PORT", "signatureOf(token"],
  "test factories": ["makeBareClinic", "a long enough password", "chairside_test_"],
  "test frameworks": ["fast-check", "vitest", "@playwright/test"],
};
const SERVED = ["server", "static"].map((part) => join(".next", part));
const TEST_ROUTE = /(^|\/)(__)?(test|tests|debug|dev|stub|stubs|crash|mock|fixtures?)(\/|$)/;

const filesIn = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.(js|mjs|cjs|json|html|rsc)$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
    : [];

test("the build that is served knows no crash point, stub or test", () => {
  const files = SERVED.flatMap(filesIn);
  expect(files.length).toBeGreaterThan(100);
  const texts = files.map((path) => ({ path, text: readFileSync(path, "utf8") }));
  // What must be there is found, so that finding nothing means something.
  expect(texts.some(({ text }) => text.includes("appointment.reschedule"))).toBe(true);
  for (const [name, words] of Object.entries(FOREIGN))
    for (const word of words)
      expect([name, word, texts.filter(({ text }) => text.includes(word)).map(({ path }) => path)]).toEqual([
        ...[name, word, []],
      ]);
});

test("no path of the build is a test's", () => {
  const manifest = readFileSync(".next/server/app-paths-manifest.json", "utf8");
  const paths = Object.keys(JSON.parse(manifest) as Record<string, string>);
  expect(paths.length).toBeGreaterThan(20);
  expect(paths.filter((path) => TEST_ROUTE.test(path.replace(/\/(route|page)$/, "")))).toEqual([]);
});
