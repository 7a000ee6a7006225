import http from "node:http";
import https from "node:https";
import { z } from "zod";
import { log } from "@/lib/core/log";
import { parseRetryAfter, type Due } from "./duration";
import { callBody, Op, SyncAnswer, type FunctionConfig, type RunState } from "./protocol";
import { canonicalJson, signBody } from "./signature";

/** What came of calling a function. */
export type Outcome =
  | { kind: "finished"; output: unknown }
  | { kind: "ops"; ops: Op[]; mayRetry: boolean; retryAfter: Due | undefined }
  | { kind: "failed"; error: unknown; mayRetry: boolean; retryAfter: Due | undefined }
  | { kind: "unknown" }
  /** The application itself had trouble. `delivered`: the function may have run; else it certainly didn't. */
  | { kind: "trouble"; delivered: boolean; timedOut: boolean; reason: string };

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

class CallError extends Error {
  constructor(
    message: string,
    readonly delivered: boolean,
    readonly timedOut: boolean,
  ) {
    super(message);
  }
}

interface Request {
  method: "PUT" | "POST";
  search: string;
  body: string;
  headers: Record<string, string>;
  timeoutMs: number;
  signal?: AbortSignal;
}

const Ops = z.array(Op);

/** The application's serve endpoint, called over kept connections with signed requests. */
export class AppClient {
  private readonly url: URL;
  private readonly transport: typeof http | typeof https;
  private readonly agent: http.Agent;
  private skewMs = 0;

  constructor(
    serveUrl: string,
    private readonly signingKey: string,
  ) {
    this.url = new URL(serveUrl);
    this.transport = this.url.protocol === "https:" ? https : http;
    // Idle connections are dropped before the application's 5 s are over, so that none is used as it closes.
    this.agent = new this.transport.Agent({ keepAlive: true, maxSockets: 64, maxFreeSockets: 4, timeout: 4000 });
  }

  close(): void {
    this.agent.destroy();
  }

  /** Asks what functions there are. Throws when the application can't say. */
  async sync(): Promise<FunctionConfig[]> {
    const answer = await this.signed({
      method: "PUT",
      search: "",
      body: canonicalJson({ url: this.url.href }),
      headers: { "x-inngest-sync-kind": "in_band" },
      timeoutMs: 60_000,
    });
    if (answer.status !== 200) throw new Error(`the serve endpoint answered ${answer.status} to the sync`);
    return SyncAnswer.parse(JSON.parse(answer.body)).functions;
  }

  /** Calls a function, or one planned step of it. Never throws: trouble is an outcome too. */
  async call(
    run: RunState,
    at: { attempt: number; maxAttempts: number; stepId: string | null; timeoutMs: number; signal: AbortSignal },
  ): Promise<Outcome> {
    const search = new URLSearchParams({ fnId: run.functionId, stepId: at.stepId ?? "step" });
    const body = canonicalJson(callBody(run, at.attempt, at.maxAttempts));
    try {
      const { timeoutMs, signal } = at;
      return outcomeOf(
        await this.signed({ method: "POST", search: `?${search}`, body, headers: {}, timeoutMs, signal }),
      );
    } catch (error) {
      if (error instanceof CallError) {
        return { kind: "trouble", delivered: error.delivered, timedOut: error.timedOut, reason: error.message };
      }
      return { kind: "trouble", delivered: true, timedOut: false, reason: String(error) };
    }
  }

  /** Signs by the application's clock once it has shown that ours differs: signatures live for 5 minutes. */
  private async signed(request: Request): Promise<Answer> {
    const answer = await this.send(request);
    if (answer.status !== 401) return answer;
    const theirs = Date.parse(answer.headers.date ?? "");
    const skewMs = Number.isNaN(theirs) ? 0 : theirs - Date.now();
    if (Math.abs(skewMs - this.skewMs) < 60_000) return answer;
    this.skewMs = skewMs;
    log.warn({ skewMs }, "the application's clock differs");
    return this.send(request);
  }

  private send(request: Request): Promise<Answer> {
    const { method, search, body, timeoutMs, signal } = request;
    const headers = {
      ...request.headers,
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(body)),
      "x-inngest-server-kind": "cloud",
      "x-inngest-signature": signBody(body, this.signingKey, new Date(Date.now() + this.skewMs)),
    };
    return new Promise((resolve, reject) => {
      let delivered = false;
      const outgoing = this.transport.request(
        this.url,
        { method, path: this.url.pathname + search, headers, agent: this.agent, signal },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("error", fail);
          incoming.on("end", () => {
            clearTimeout(timer);
            const text = Buffer.concat(chunks).toString("utf8");
            resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text });
          });
        },
      );
      const timer = setTimeout(() => {
        outgoing.destroy(new CallError(`no answer in ${timeoutMs} ms`, true, true));
      }, timeoutMs);
      function fail(error: Error): void {
        clearTimeout(timer);
        reject(error instanceof CallError ? error : new CallError(reasonOf(error), delivered, false));
      }
      outgoing.on("error", fail);
      outgoing.end(body, () => {
        delivered = true;
      });
    });
  }
}

const reasonOf = (error: Error) => ("code" in error ? String(error.code) : error.message);

/** Reads an answer of the SDK. One without its header comes from something before it: the framework, a proxy. */
export function outcomeOf({ status, headers, body }: Answer): Outcome {
  if (headers["x-inngest-sdk"] === undefined || status === 401) {
    return { kind: "trouble", delivered: status >= 500, timedOut: false, reason: `answered ${status}` };
  }
  const mayRetry = headers["x-inngest-no-retry"] !== "true";
  const retryAfter = parseRetryAfter(headers["retry-after"]);
  const value = readJson(body);
  if (status === 200) return { kind: "finished", output: value ?? null };
  const ops = status === 206 ? Ops.safeParse(value) : undefined;
  if (ops?.success) return { kind: "ops", ops: ops.data, mayRetry, retryAfter };
  if (status === 500 && /"message":"Function .* was not found in this app/.test(body)) return { kind: "unknown" };
  const error = value ?? { name: "Error", message: `the function answered ${status}` };
  return { kind: "failed", error, mayRetry: mayRetry && status !== 400, retryAfter };
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
