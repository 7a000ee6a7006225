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

export interface TestBuild {
  worker: string;
  /** Points that the sources name; a point that is named nowhere can't be hit. */
  points: Set<string>;
  remove: () => void;
}

interface Builder {
  onLoad: (options: { filter: RegExp }, load: (file: { path: string }) => { contents: string; loader: string }) => void;
}

/** The test build: the worker with all that it imports, in which every crash point is a call. */
export async function buildWorker(): Promise<TestBuild> {
  mkdirSync(OUT, { recursive: true });
  const worker = join(OUT, "worker.mjs");
  const points = new Set<string>();
  const crashPoints = {
    name: "crash points",
    setup: (build: Builder) =>
      build.onLoad({ filter: /[\\/](lib|app|db|inngest|scripts)[\\/].*\.ts$/ }, ({ path }) => {
        const contents = readFileSync(path, "utf8").replace(CRASH_POINT, (_all, point: string) => {
          points.add(point);
          return `await globalThis.chairsideCrashpoint("${point}");`;
        });
        return { contents, loader: "ts" };
      }),
  };
  const { build, stop } = compiler();
  await build({
    ...{ entryPoints: [join(ROOT, "scripts/guarantees/worker.ts")], outfile: worker, bundle: true },
    ...{ packages: "external", platform: "node", format: "esm", target: "node20", logLevel: "error" },
    plugins: [crashPoints],
    tsconfig: join(ROOT, "tsconfig.json"),
  });
  await stop();
  return { worker, points, remove: () => rmSync(OUT, { recursive: true, force: true }) };
}
