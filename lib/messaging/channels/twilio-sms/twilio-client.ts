import twilio from "twilio";
import RequestClient from "twilio/lib/base/RequestClient.js";
import { z } from "zod";
import { env } from "@/lib/core/env";
import type { ChannelCredentials } from "@/lib/messaging/credentials";

const TIMEOUT_MS = 10_000;

/** Twilio answered, and the answer was no. `code` is its own where it gave one, else the HTTP status. */
export class TwilioRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly retryAfterSeconds: number | undefined,
  ) {
    super(`Twilio refused: ${code}`);
  }
}

const ErrorBody = z.object({ code: z.coerce.string().optional() });
const HeaderMap = z.record(z.string(), z.unknown());

/**
 * The SDK's own HTTP client, pointed at `TWILIO_API_BASE_URL` where one is set. It never retries by itself: the outbox
 * does, and needs what the SDK's errors leave out, the time that Twilio asks us to wait.
 */
class ApiClient extends RequestClient {
  override async request<T>(options: RequestClient.RequestOptions<T>) {
    const base = env().TWILIO_API_BASE_URL;
    const { pathname, search } = new URL(options.uri);
    const answer = await super.request<T>(base ? { ...options, uri: `${base}${pathname}${search}` } : options);
    if (answer.statusCode >= 400) throw refusalOf(answer.statusCode, answer.body, answer.headers);
    return answer;
  }
}

function refusalOf(status: number, body: unknown, headers: unknown): TwilioRefusal {
  const code = ErrorBody.safeParse(typeof body === "string" ? jsonOf(body) : body).data?.code;
  const wait = Number(HeaderMap.safeParse({ ...Object(headers) }).data?.["retry-after"] ?? Number.NaN);
  return new TwilioRefusal(status, code ?? String(status), wait > 0 ? wait : undefined);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const MOST_CLIENTS = 200;
const clients = new Map<string, ReturnType<typeof twilio>>();

/** An account's client, one a process, its connections kept alive; undefined without an account and its token. */
export function twilioClient({ account, auth_token: token }: ChannelCredentials) {
  if (!token || !account) return undefined;
  const key = `${account}:${token}`;
  const known = clients.get(key);
  if (known) return known;
  const client = twilio(account, token, {
    httpClient: new ApiClient({ timeout: TIMEOUT_MS, keepAlive: true, autoRetry: false }),
  });
  if (clients.size >= MOST_CLIENTS) clients.clear();
  clients.set(key, client);
  return client;
}
