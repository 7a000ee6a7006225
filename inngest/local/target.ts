import { randomBytes } from "node:crypto";
import { Inngest, Middleware, type InngestFunction } from "inngest";
import { Application } from "./application";
import { canonicalJson, signBody } from "./signature";
import { openStage, quiet, until } from "./stage";

/**
 * For tests: whatever runs functions, known by nothing but the protocol. Events go in, calls come out; how a run ended
 * is seen from inside the function, so that the local executor and an Inngest server are measured alike.
 */
export interface Target {
  inngest: Inngest;
  /** The runs of a function that have ended, once they are `count`. */
  ended: (functionId: string, count?: number) => Promise<Ended[]>;
  hasEnded: (functionId: string) => boolean;
  /** The serve endpoint. */
  url: string;
  /** A duration that takes about a third of a second, or, where time can't be hurried, a second. */
  pause: `${number}s`;
  pauseMs: number;
  /** A period within which a few events can surely be sent. */
  debounce: `${number}s`;
  /** Makes every cron tick now, where that can be done; else its minute is waited for. */
  hurryCrons: () => Promise<void>;
  /** How long anything may take. */
  limitMs: number;
  close: () => Promise<void>;
}
export interface Ended {
  runId: string;
  state: "DONE" | "FAILED";
  output: unknown;
}
export interface Remote {
  baseUrl: string;
  eventKey: string;
  signingKey: string;
}

type Write = (inngest: Inngest) => InngestFunction.Any[];
type Runs = Map<string, Map<string, Ended>>;

/** Serves what `write` defines to the local executor, or to an Inngest server that can reach this machine. */
export const openTarget = (databaseUrl: string, remote: Remote | undefined, write: Write): Promise<Target> =>
  remote ? openRemote(remote, write) : openLocal(databaseUrl, write);

async function openLocal(databaseUrl: string, write: Write): Promise<Target> {
  const runs: Runs = new Map();
  const stage = await openStage(databaseUrl, write, {}, [watching(runs)]);
  return {
    inngest: stage.inngest,
    ended: (functionId, count) => endedOf(runs, functionId, count, 8000),
    hasEnded: (functionId) => runs.has(functionId),
    url: stage.app.url,
    pause: "15s", // 50 times as fast
    pauseMs: 300,
    debounce: "15s",
    hurryCrons: async () => {
      const due = "update executor.queue set due_at = now() where kind = 'CRON'";
      await until(async () => ((await stage.pool.query(due)).rowCount ?? 0) > 0);
    },
    limitMs: 8000,
    close: stage.close,
  };
}

async function openRemote({ baseUrl, eventKey, signingKey }: Remote, write: Write): Promise<Target> {
  const runs: Runs = new Map();
  const app = new Application();
  await app.open();
  const id = `conformance-${randomBytes(4).toString("hex")}`; // what earlier tests registered is another application
  const keys = { eventKey, signingKey, isDev: false };
  const inngest = new Inngest({ id, ...keys, baseUrl, logger: quiet, aiMetadata: false, middleware: [watching(runs)] });
  app.serve(inngest, write(inngest));
  await register(app.url, signingKey);
  const limitMs = 240_000; // a server's own pauses between tries
  return {
    inngest,
    ended: (functionId, count) => endedOf(runs, functionId, count, limitMs),
    hasEnded: (functionId) => runs.has(functionId),
    url: app.url,
    pause: "1s",
    pauseMs: 1000,
    debounce: "2s",
    hurryCrons: () => Promise.resolve(),
    limitMs,
    close: () => app.close(),
  };
}

/** Has the SDK tell the server about its functions, as a deployment would. */
async function register(url: string, signingKey: string): Promise<void> {
  const body = canonicalJson({ url });
  const headers = { "x-inngest-signature": signBody(body, signingKey, new Date()), "content-type": "application/json" };
  const answer = await fetch(url, { method: "PUT", headers, body });
  if (!answer.ok) throw new Error(`the functions were not registered: ${answer.status} ${await answer.text()}`);
}

/** Writes down how each run ended, seen from inside. */
function watching(runs: Runs): Middleware.Class {
  const end = (functionId: string, ended: Ended) => {
    const known = runs.get(functionId) ?? new Map<string, Ended>();
    runs.set(functionId, known.set(ended.runId, ended));
  };
  return class Watching extends Middleware.BaseMiddleware {
    readonly id = "watching";
    override onRunComplete({ ctx, fn, output }: Middleware.OnRunCompleteArgs): void {
      end(fn.id(), { runId: ctx.runId, state: "DONE", output });
    }
    override onRunError({ ctx, fn, error, isFinalAttempt }: Middleware.OnRunErrorArgs): void {
      if (isFinalAttempt) end(fn.id(), { runId: ctx.runId, state: "FAILED", output: { message: error.message } });
    }
  };
}

const endedOf = (runs: Runs, functionId: string, count = 1, limitMs: number): Promise<Ended[]> =>
  until(() => {
    const ended = [...(runs.get(functionId)?.values() ?? [])];
    return ended.length >= count && ended;
  }, limitMs);
