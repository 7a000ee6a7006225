import { z } from "zod";
import { env } from "@/lib/core/env";

const TIMEOUT_MS = 10_000;

/** What Meta's Graph API answered to a send. `errorCode` is Meta's own; undefined where no word of it came. */
export interface GraphAnswer {
  status: number;
  messageId: string | undefined;
  errorCode: string | undefined;
  retryAfterSeconds: number | undefined;
  body: unknown;
}

const Sent = z.object({ messages: z.tuple([z.object({ id: z.string().min(1) })]).rest(z.unknown()) });
const Refused = z.object({ error: z.object({ code: z.coerce.string() }) });

/**
 * One call of the Graph API: GET without a body, POST with one. Throws only where no answer came, the connection's code
 * somewhere in the chain of causes.
 */
export async function callGraph(token: string, path: string, { body }: { body?: unknown } = {}): Promise<GraphAnswer> {
  const { WHATSAPP_GRAPH_BASE_URL: base, WHATSAPP_GRAPH_VERSION: version } = env();
  const answer = await fetch(`${base}/${version}/${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const json = jsonOf(await answer.text());
  const wait = Number(answer.headers.get("retry-after"));
  return {
    status: answer.status,
    messageId: answer.ok ? Sent.safeParse(json).data?.messages[0].id : undefined,
    errorCode: Refused.safeParse(json).data?.error.code,
    retryAfterSeconds: wait > 0 ? wait : undefined,
    body: json,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
