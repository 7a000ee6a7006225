import { log } from "@/lib/core/log";
import { err, type Result } from "@/lib/core/result";
import { isDatabaseAway } from "@/lib/core/violations";
import { localeOf } from "./locale";
import { answerOf, toResponse, type Answer } from "./respond";

/** The second argument of a Next.js route handler. */
export interface RouteParams {
  params: Promise<Record<string, string | string[] | undefined>>;
}

/** One request on its way through a door. A door may say more for the log, and in which language to answer. */
export interface Entry {
  requestId: string;
  params: Record<string, unknown>;
  locale: string;
  status: number;
  replay: Answer | undefined;
  log: (fields: Record<string, string>) => void;
}

const REQUEST_ID = /^[\w-]{8,64}$/;

/** What all doors share: a request id, the envelope, one log line, and INTERNAL for what nobody expected. */
export async function open(
  request: Request,
  { params }: RouteParams,
  enter: (entry: Entry) => Promise<Result<unknown> | Response>,
): Promise<Response> {
  const started = performance.now();
  const given = request.headers.get("x-request-id") ?? "";
  const requestId = REQUEST_ID.test(given) ? given : crypto.randomUUID();
  // The built server gives a route without parameters nothing at all.
  const resolved = (await params) ?? {};
  const fields: Record<string, unknown> = { requestId, method: request.method, route: pathOf(request, resolved) };
  const entry: Entry = {
    requestId,
    params: resolved,
    locale: localeOf(request),
    status: 200,
    replay: undefined,
    log: (more) => Object.assign(fields, more),
  };
  const answer = await answerTo(entry, enter, fields);
  log.info({ ...fields, status: answer.status, durationMs: Math.round(performance.now() - started) }, "request");
  return answer;
}

/** The path for the log; a token in it opens something, so it stays out. */
function pathOf(request: Request, params: Record<string, unknown>): string {
  const { pathname } = new URL(request.url);
  return typeof params.token === "string" ? pathname.replace(encodeURIComponent(params.token), "[token]") : pathname;
}

async function answerTo(
  entry: Entry,
  enter: (entry: Entry) => Promise<Result<unknown> | Response>,
  fields: Record<string, unknown>,
): Promise<Response> {
  try {
    const result = await enter(entry);
    if (result instanceof Response) return result;
    if (!result.ok) fields.outcome = result.error;
    const answer = entry.replay ?? answerOf(result, entry.status, entry.locale, entry.requestId);
    return toResponse(answer, entry.requestId, retryAfterOf(result));
  } catch (error) {
    // A bug or a dead dependency, never a rule of the product.
    const code = isDatabaseAway(error) ? "UNAVAILABLE" : "INTERNAL";
    log.error({ ...fields, code, error }, "request failed");
    return toResponse(answerOf(err(code), entry.status, entry.locale, entry.requestId), entry.requestId);
  }
}

function retryAfterOf(result: Result<unknown>): number | undefined {
  if (result.ok || !result.details || typeof result.details !== "object") return undefined;
  return "retryAfterSeconds" in result.details ? Number(result.details.retryAfterSeconds) : undefined;
}
