import { eq } from "drizzle-orm";
import { users } from "@/db/schema/identity";
import { env } from "@/lib/core/env";
import type { RouteParams } from "@/lib/http/door";
import { writeToken } from "@/lib/http/session-cookie";
import { transactAsUser } from "@/lib/core/transact";
import { openSession } from "@/lib/identity/session";

type Handler = (request: Request, params: RouteParams) => Promise<Response>;

export interface CallOptions {
  method?: string;
  params?: Record<string, string>;
  cookie?: string;
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  raw?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Leaves a body that doesn't end (a stream) unread. */
  headOnly?: boolean;
}

/** Calls a route handler as a browser on our own pages would, and answers status, headers and the parsed envelope. */
export async function call(handler: Handler, path: string, options: CallOptions = {}) {
  const { method = options.body === undefined && options.raw === undefined ? "GET" : "POST" } = options;
  const headers = new Headers({ origin: env().APP_URL, "accept-language": "en", ...options.headers });
  if (options.cookie) headers.set("cookie", options.cookie);
  if (options.body !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
  const body = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  const request = new Request(`${env().APP_URL}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    signal: options.signal ?? null,
  });
  const response = await handler(request, { params: Promise.resolve(options.params ?? {}) });
  const isJson = (response.headers.get("content-type") ?? "").includes("json");
  const text = options.headOnly && !isJson ? "" : await response.text();
  return { status: response.status, headers: response.headers, text, json: isJson ? asJson(text) : undefined };
}

/** The named cast: tests read envelopes field by field and fail on what isn't there. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const asJson = (text: string): any => JSON.parse(text);

/** A cookie header of a fresh session of this user. */
export async function cookieOf(userId: string, now: Date = new Date()): Promise<string> {
  const token = await transactAsUser(userId, async (tx) => {
    const [user] = await tx.select().from(users).where(eq(users.id, userId));
    if (!user) throw new Error("no such user");
    return openSession(tx, user, now);
  });
  const response = new Response();
  await writeToken(new Request(env().APP_URL), response, token);
  return (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}
