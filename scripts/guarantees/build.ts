import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { UNSENDABLE } from "./storms/poison";
import { PAIR_REST_SECONDS } from "./times";

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
  afterRestore: "scripts/after-restore.ts",
  carrier: "stubs/twilio/main.ts",
  whatsapp: "stubs/whatsapp/main.ts",
} as const;

/** The product's own time in a calm run. */
const unlessCalm = (name: string, shorter: string) => ({
  from: new RegExp(`const ${name} = ([\\d_]+);`),
  to: `const ${name} = process.env.IS_CALM ? $1 : ${shorter};`,
});

/**
 * Long times that no setting shortens: the test build's are shorter, to the same proportions. And the database's clock,
 * which the send gate goes by, can be set (`fire.clock`).
 */
const SHORTENED = [
  { file: /twilio-client\.ts$|graph\.ts$/, ...unlessCalm("TIMEOUT_MS", "700") },
  { file: /messaging[\\/]rules\.ts$/, ...unlessCalm("CLAIM_FRESH_MS", "250") },
  {
    file: /messaging[\\/]rules\.ts$/,
    from: /const FIRST_RETRY_SECONDS = [\d_]+;/,
    to: "const FIRST_RETRY_SECONDS = 0.5;",
  },
  {
    file: /messaging[\\/]rules\.ts$/,
    from: /const PAIR_REST_SECONDS = [\d_]+;/,
    to: `const PAIR_REST_SECONDS = ${PAIR_REST_SECONDS};`,
  },
  { file: /whatsapp-cloud[\\/]send\.ts$/, from: /\[PAIR\]: [\d_]+,/, to: `[PAIR]: ${PAIR_REST_SECONDS},` },
  {
    file: /clinics[\\/]mint\.ts$/,
    from: /extract\(epoch from clock_timestamp\(\)\)/,
    to: "extract(epoch from clock_timestamp() + fire.ahead(clock_timestamp()))",
  },
] as const;

/** What is doubted after a restore is asked for when a lease is over. */
const SHORT_LEASE = { file: /outbox-items\.ts$/, from: /leaseSeconds: 60/, to: "leaseSeconds: 1" } as const;

/** A text on which the code that sends it breaks (storms/poison.ts). */
const BROKEN = {
  file: /twilio-sms[\\/]send\.ts$/,
  from: /const statusCallback = /,
  to: `if ("body" in content && content.body === ${JSON.stringify(UNSENDABLE)}) throw new Error("poison"); const statusCallback = `,
} as const;

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
          return `await globalThis.chairsideCrashpoint?.("${point}");`;
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
  const at = (name: keyof typeof PROGRAMS) => join(OUT, `${name}.mjs`);
  const programs = { worker: at("worker"), stage: at("stage"), carrier: at("carrier"), whatsapp: at("whatsapp") };
  const afterRestore = at("afterRestore");
  return { ...programs, afterRestore, points, remove: () => rmSync(OUT, { recursive: true, force: true }) };
}

/** A time that isn't found any more would stay long unnoticed. */
function shortened(path: string, source: string): string {
  return [...SHORTENED, SHORT_LEASE, BROKEN]
    .filter(({ file }) => file.test(path))
    .reduce((text, { from, to }) => {
      if (!from.test(text)) throw new Error(`${path} has no ${from.source} any more`);
      return text.replace(from, to);
    }, source);
}
