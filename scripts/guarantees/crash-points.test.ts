import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { CRASH_POINT } from "./build";

const SHIPPED = ["app", "components", "db", "inngest", "lib", "middleware.ts", "instrumentation.ts"];
const POINTS = Array.from({ length: 10 }, (_, i) => `K${i + 1}`);

const named = execFileSync("git", ["grep", "-l", "-i", "crashpoint", "--", ...SHIPPED], { encoding: "utf8" })
  .split("\n")
  .filter((path) => /\.tsx?$/.test(path));
const sources = named.map((path) => ({ path, text: readFileSync(path, "utf8") }));

test("each of K1 to K10 is marked once in what ships", () => {
  const found = sources.flatMap(({ text }) => [...text.matchAll(CRASH_POINT)].map(([, point]) => point));
  expect(found.sort()).toEqual(POINTS.sort());
});

test("a crash point is a comment: nothing else in what ships knows of them, and no compiler keeps it", () => {
  const { transformSync } = createRequire(createRequire(import.meta.url).resolve("tsx/package.json"))("esbuild");
  for (const { path, text } of sources) {
    expect(text.replace(CRASH_POINT, ""), path).not.toMatch(/crashpoint/i);
    expect(transformSync(text, { loader: "ts" }).code, path).not.toMatch(/crashpoint|\bK\d+\b/i);
  }
});
