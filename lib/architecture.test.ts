import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

/** The arrows of the house, its names and its sizes: one test, so that a wrong import is a red test and no debate. */

const ROOT = join(import.meta.dirname, "..");
const FOLDERS = ["app", "components", "lib", "db", "inngest", "e2e", "stubs", "scripts"];
const MOST_LINES = 300;

interface Source {
  path: string;
  text: string;
  imports: string[];
}

const sources: Source[] = [
  ...FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(ts|tsx)$/.test(file) && !file.endsWith(".d.ts"))
      .map((file) => join(folder, file)),
  ),
  "middleware.ts",
  "instrumentation.ts",
].map((path) => {
  const text = readFileSync(join(ROOT, path), "utf8");
  const imports = ts.preProcessFile(text, true, true).importedFiles.map((file) => resolveImport(path, file.fileName));
  return { path: path.split(sep).join("/"), text, imports };
});

/** A specifier as a path from the root (`lib/core/result`), or the package's own name. */
function resolveImport(from: string, specifier: string): string {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  if (!specifier.startsWith(".")) return `package:${specifier}`;
  return relative(ROOT, join(ROOT, dirname(from), specifier))
    .split(sep)
    .join("/");
}

const isTest = (path: string) => /\.test\.tsx?$/.test(path);
const domainOf = (path: string) => /^lib\/([\w-]+)\//.exec(path)?.[1];
const starts = (path: string, ...prefixes: string[]) =>
  prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));

/** Every import of a shipped file that `isWrong` finds wrong, as `file -> import`. */
function wrongImports(under: string[], isWrong: (imported: string, from: string) => boolean): string[] {
  return sources
    .filter(({ path }) => starts(path, ...under) && !isTest(path))
    .flatMap(({ path, imports }) => imports.filter((one) => isWrong(one, path)).map((one) => `${path} -> ${one}`));
}

const COMPONENTS_MAY =
  /^lib\/(([\w-]+\/){1,2}schema|identity\/permissions|http\/client|core\/(result|errors|locales))$/;

test("components know the wire, the permission table and nothing behind them", () => {
  const wrong = wrongImports(
    ["components"],
    (one) => starts(one, "db", "inngest", "app") || (starts(one, "lib") && !COMPONENTS_MAY.test(one)),
  );
  expect(wrong.filter((line) => !line.startsWith("components/i18n/request.ts"))).toEqual([]);
});

test("pages and routes reach data through lib alone", () => {
  const mayServe = (from: string) => from === "app/api/inngest/route.ts";
  expect(
    wrongImports(["app"], (one, from) => starts(one, "db") || (starts(one, "inngest") && !mayServe(from))),
  ).toEqual([]);
});

test("lib knows no framework, no screen and no function", () => {
  const wrong = wrongImports(["lib"], (one, from) => {
    const isFramework = /^package:(next|react|react-dom|next-intl)(\/|$)/.test(one);
    if (isFramework) return !starts(from, "lib/http");
    return (
      starts(one, "app", "components", "e2e", "stubs", "scripts") ||
      (starts(one, "inngest") && one !== "inngest/events")
    );
  });
  expect(wrong).toEqual([]);
});

test("functions are thin: they know lib and their own client", () => {
  const wrong = wrongImports(["inngest/functions"], (one) => starts(one, "db", "app", "components"));
  expect(wrong).toEqual([]);
});

test("db knows the environment and results, and nothing of the product", () => {
  const wrong = wrongImports(["db"], (one, from) => {
    if (starts(from, "db/testing", "db/seed")) return starts(one, "app", "components");
    return !starts(one, "db") && !one.startsWith("package:") && !/^lib\/core\/(env|result)$/.test(one);
  });
  expect(wrong).toEqual([]);
});

test("the product knows neither its tests nor the vendors' stubs", () => {
  const wrong = wrongImports(["app", "components", "lib", "inngest"], (one) =>
    starts(one, "db/testing", "db/seed", "stubs", "e2e"),
  );
  expect(wrong).toEqual([]);
});

test("nobody imports another folder's internal", () => {
  const wrong = wrongImports(FOLDERS, (one, from) => one.endsWith("/internal") && dirname(one) !== dirname(from));
  expect(wrong).toEqual([]);
});

test("domains form no cycle", () => {
  const BASE = new Set(["core", "http"]);
  const arrows = new Map<string, Set<string>>();
  for (const { path, imports } of sources) {
    const from = domainOf(path);
    if (!from || BASE.has(from) || isTest(path)) continue;
    for (const one of imports) {
      const to = domainOf(`${one}/`);
      if (to && to !== from && !BASE.has(to)) arrows.set(from, (arrows.get(from) ?? new Set()).add(to));
    }
  }
  const reaches = (from: string, goal: string, seen = new Set<string>()): boolean =>
    [...(arrows.get(from) ?? [])].some(
      (next) => next === goal || (!seen.has(next) && reaches(next, goal, seen.add(next))),
    );
  expect([...arrows.keys()].filter((domain) => reaches(domain, domain))).toEqual([]);
});

test("every route handler goes out through a door", () => {
  const METHOD = /export\s+(?:async\s+function|const|let|var)\s+(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b([^\n]*)/g;
  const wrong = sources
    .filter(({ path }) => /^app\/.*\/route\.ts$/.test(path) && path !== "app/api/inngest/route.ts")
    .flatMap(({ path, text }) =>
      [...text.matchAll(METHOD)]
        .filter(([, , rest]) => !/^\s*=\s*route\.(clinic|user|hq|public|webhook)\(/.test(rest ?? ""))
        .map((match) => `${path} ${match[1]}`),
    );
  expect(wrong).toEqual([]);
});

test("only the environment's own file reads the environment", () => {
  const ALLOWED =
    /^(lib\/core\/env\.ts|scripts\/|db\/(testing|local)\/|stubs\/|e2e\/|middleware\.ts|instrumentation\.ts|lib\/architecture\.test\.ts)/;
  expect(
    sources
      .filter(({ path, text }) => !ALLOWED.test(path) && !isTest(path) && text.includes("process.env"))
      .map(({ path }) => path),
  ).toEqual([]);
});

test("files have the house's names and sizes", () => {
  const BANNED = /\/(utils?|helpers?|service|types|common|misc)\.tsx?$/;
  const KEBAB = /^(\[{1,2}(\.\.\.)?\w+\]{1,2}|\([\w-]+\)|[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*)$/;
  const names = sources.filter(
    ({ path }) => BANNED.test(`/${path}`) || !path.split("/").every((part) => KEBAB.test(part)),
  );
  expect(names.map(({ path }) => path)).toEqual([]);
  const barrels = sources.filter(({ path }) => /\/index\.tsx?$/.test(path) && path !== "inngest/index.ts");
  expect(barrels.map(({ path }) => path)).toEqual([]);
  const long = sources.filter(
    ({ path, text }) => !starts(path, "components/ui") && text.split("\n").length > MOST_LINES + 1,
  );
  expect(long.map(({ path, text }) => `${path} ${text.split("\n").length}`)).toEqual([]);
});

test("no query is glued from text and no code of ours is mocked", () => {
  const wrong = sources
    .filter(({ path }) => path !== "lib/architecture.test.ts" && !starts(path, "db/testing"))
    .filter(({ text }) => /\bsql\.raw\(|\bvi\.mock\(/.test(text));
  expect(wrong.map(({ path }) => path)).toEqual([]);
});
