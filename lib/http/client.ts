import { z } from "zod";
import { ERROR_STATUS, type ErrorCode } from "@/lib/core/errors";

/** A refusal by the API, or no answer at all. Its words are `errors.<code>` of the messages. */
export class ApiError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details?: unknown,
    readonly requestId?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "ApiError";
  }
}

const Envelope = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), data: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error: z.string(),
    message: z.string().default(""),
    details: z.unknown().optional(),
  }),
]);

const isErrorCode = (value: string): value is ErrorCode => Object.hasOwn(ERROR_STATUS, value);

export interface ApiInit {
  method?: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Sent as JSON. */
  json?: unknown;
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

/**
 * Calls our own API from the browser and answers its `data`, read by `schema`. Throws ApiError: with the code of a
 * refusal; UNAVAILABLE when there was no answer; INTERNAL when the answer isn't what the schema says.
 */
export async function api<T>(schema: z.ZodType<T>, url: string, init: ApiInit = {}): Promise<T> {
  const response = await send(url, init);
  const requestId = response.headers.get("x-request-id") ?? undefined;
  const envelope = Envelope.safeParse(await response.json().catch(() => undefined));
  if (!envelope.success)
    throw new ApiError(response.status === 503 ? "UNAVAILABLE" : "INTERNAL", "unreadable answer", undefined, requestId);
  if (!envelope.data.ok) {
    const { error, message, details } = envelope.data;
    throw new ApiError(isErrorCode(error) ? error : "INTERNAL", message, details, requestId);
  }
  const data = schema.safeParse(envelope.data.data);
  if (!data.success)
    throw new ApiError("INTERNAL", `unexpected answer from ${url}`, undefined, requestId, { cause: data.error });
  return data.data;
}

async function send(url: string, { json, headers, ...init }: ApiInit): Promise<Response> {
  try {
    return await fetch(url, {
      ...init,
      headers: {
        accept: "application/json",
        ...(json === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body: json === undefined ? undefined : JSON.stringify(json),
    });
  } catch (cause) {
    if (init.signal?.aborted) throw cause; // React Query gave the question up: that is no failure
    throw new ApiError("UNAVAILABLE", "no answer", undefined, undefined, { cause });
  }
}

/** The envelope of a list that pages by number. */
export const pageOf = <T>(item: z.ZodType<T>) =>
  z.object({
    items: z.array(item),
    page: z.number(),
    limit: z.number(),
    total: z.number(),
    total_capped: z.boolean().optional(),
  });

/** The envelope of a list that pages by cursor. */
export const cursorPageOf = <T>(item: z.ZodType<T>) =>
  z.object({ items: z.array(item), next_cursor: z.string().nullish() });
