import { Inngest, type InngestFunction, type Middleware } from "inngest";
import pg from "pg";
import { Application } from "./application";
import { Executor } from "./executor";
import { DEFAULTS, type Settings } from "./settings";

/** For tests: the SDK's real serve endpoint on a port of its own, an executor or several, and the database they share. */

const KEYS = {
  eventKey: "test-event-key",
  signingKey: "signkey-test-0123456789abcdef0123456789abcdef",
} as const;

export const quiet = { debug: ignore, info: ignore, warn: ignore, error: ignore };
function ignore(): void {}

export const signingKey = KEYS.signingKey;

export type Stage = Awaited<ReturnType<typeof openStage>>;
type Write = (inngest: Inngest) => InngestFunction.Any[];

/** Serves what `write` defines and starts one executor, whose time runs 50 times as fast. */
export async function openStage(
  databaseUrl: string,
  write: Write,
  changes: Partial<Settings> = {},
  middleware: Middleware.Class[] = [],
) {
  const app = new Application();
  await app.open();
  const settings: Settings = { ...DEFAULTS, ...QUICK, ...KEYS, ...changes, databaseUrl, serveUrl: app.url };
  const executors: Executor[] = [];
  const addExecutor = async (): Promise<Executor> => {
    const executor = new Executor(settings);
    executors.push(executor);
    await executor.start();
    return executor;
  };
  const executor = await addExecutor();
  const inngest = makeInngest(executor.port, middleware);
  app.serve(inngest, write(inngest));
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  return {
    app,
    inngest,
    executor,
    pool,
    settings,
    addExecutor,
    /** The functions as they are after a code change. */
    rewrite: (again: Write) => app.serve(inngest, again(inngest)),
    runs: (functionId: string) => readRuns(pool, functionId),
    close: async () => {
      await Promise.all(executors.map((each) => each.stop().catch(() => undefined)));
      await pool.end();
      await app.close();
    },
  };
}

const QUICK = {
  port: 0,
  leaseMs: 1000,
  renewMs: 300,
  pollMs: 100,
  electMs: 50,
  beatMs: 200,
  syncMs: 200,
  timeScale: 0.02,
} as const satisfies Partial<Settings>;

const makeInngest = (port: number, middleware: Middleware.Class[]) =>
  new Inngest({
    id: "test",
    ...KEYS,
    isDev: false,
    baseUrl: `http://127.0.0.1:${port}`,
    logger: quiet,
    aiMetadata: false,
    middleware,
  });

async function readRuns(pool: pg.Pool, functionId: string) {
  const { rows } = await pool.query<{ id: string; state: string; output: unknown }>(
    "select id, state, output from executor.runs where function_id = $1 order by created_at",
    [`test-${functionId}`],
  );
  return rows;
}

/** Resolves with the first value that isn't undefined or false; fails after `limitMs`. */
export async function until<T>(
  look: () => Promise<T | false | undefined> | T | false | undefined,
  limitMs = 8000,
): Promise<T> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const value = await look();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > deadline) throw new Error("it never came to be");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Resolves with the runs of a function once `count` of them ended. */
export const endedRuns = (stage: Stage, functionId: string, count = 1) =>
  until(async () => {
    const ended = (await stage.runs(functionId)).filter((run) => run.state !== "ACTIVE");
    return ended.length >= count && ended;
  });
