import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const OUT = join(ROOT, `node_modules/.cache/guarantees/${process.pid}`);

/** A crash point in the product's source is a comment: no build but this one makes anything of it. */
export const CRASH_POINT = /\/\/ crashpoint\("(K\d+)"\)/g;

interface Compiler {
  build: (options: Record<string, unknown>) => Promise<unknown>;
  stop: () => Promise<void> | void;
}
const isCompiler = (found: unknown): found is Compiler => z.object({ build: z.function() }).safeParse(found).success;

/** tsx's own compiler, found as the build finds it. */
function compiler(): Compiler {
  const found: unknown = createRequire(createRequire(import.meta.url).resolve("tsx/package.json"))("esbuild");
  if (!isCompiler(found)) throw new Error("tsx brings no compiler");
  return found;
}

/** The programs of a run, each a file of its own. */
const PROGRAMS = {
  worker: "scripts/guarantees/worker.ts",
  stage: "scripts/guarantees/set-stage.ts",
  carrier: "stubs/twilio/main.ts",
} as const;

/** Long times that no setting shortens: the test build's are shorter, to the same proportions. */
const SHORTENED = [
  { file: /twilio-client\.ts$/, from: /const TIMEOUT_MS = [\d_]+;/, to: "const TIMEOUT_MS = 700;" },
  { file: /deliver\.ts$/, from: /const FRESH_MS = [\d_]+;/, to: "const FRESH_MS = 250;" },
] as const;

export interface TestBuild extends Record<keyof typeof PROGRAMS, string> {
  /** Points that the sources name; a point that is named nowhere can't be hit. */
  points: Set<string>;
  remove: () => void;
}

interface Builder {
  onLoad: (options: { filter: RegExp }, load: (file: { path: string }) => { contents: string; loader: string }) => void;
}

/** The test build: the programs with all that they import, in which every crash point is a call. */
export async function buildPrograms(): Promise<TestBuild> {
  mkdirSync(OUT, { recursive: true });
  const points = new Set<string>();
  const testBuild = {
    name: "crash points and short times",
    setup: (build: Builder) =>
      build.onLoad({ filter: /[\\/](lib|app|db|inngest|scripts|stubs)[\\/].*\.ts$/ }, ({ path }) => {
        const source = readFileSync(path, "utf8").replace(CRASH_POINT, (_all, point: string) => {
          points.add(point);
          return `await globalThis.chairsideCrashpoint("${point}");`;
        });
        return { contents: shortened(path, source), loader: "ts" };
      }),
  };
  const { build, stop } = compiler();
  await build({
    entryPoints: Object.entries(PROGRAMS).map(([out, file]) => ({ in: join(ROOT, file), out })),
    ...{ outdir: OUT, outExtension: { ".js": ".mjs" }, bundle: true },
    ...{ packages: "external", platform: "node", format: "esm", target: "node20", logLevel: "error" },
    plugins: [testBuild],
    tsconfig: join(ROOT, "tsconfig.json"),
  });
  await stop();
  const [worker, stage, carrier] = ["worker", "stage", "carrier"].map((name) => join(OUT, `${name}.mjs`));
  if (!worker || !stage || !carrier) throw new Error("a program was not built");
  return { worker, stage, carrier, points, remove: () => rmSync(OUT, { recursive: true, force: true }) };
}

const shortened = (path: string, source: string): string =>
  SHORTENED.reduce((text, { file, from, to }) => (file.test(path) ? text.replace(from, to) : text), source);
