import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import { sameSecret } from "@/lib/core/crypto";
import { EventBody, type StoredEvent } from "./protocol";

const Payload = z.union([z.array(EventBody).min(1).max(5000), EventBody]);
const OURS = "inngest/";

export type Ingest = { status: 200; events: StoredEvent[]; ids: string[] } | { status: 400 | 401; error: string };

/**
 * Reads a request to the event API. Repeats are told by the sender's event id, else by the seed that the SDK
 * sends with every try of one request; without either each event is new. `now` fills in a missing `ts`.
 */
export function readEvents(
  request: { key: string; body: string; seed: string | undefined },
  eventKey: string,
  now: Date,
): Ingest {
  if (!sameSecret(request.key, eventKey)) return { status: 401, error: "Event key not found" };
  const parsed = Payload.safeParse(readJson(request.body));
  if (!parsed.success) return { status: 400, error: "Event payload not understood" };
  const bodies = Array.isArray(parsed.data) ? parsed.data : [parsed.data];
  if (bodies.some((body) => body.name.startsWith(OURS))) {
    return { status: 400, error: `Event names may not begin with ${OURS}` };
  }
  const all = bodies.map((body, index) => ({
    ...body,
    id: body.id || idFrom(request.seed, index),
    ts: body.ts ?? now.getTime(),
  }));
  const events = [...new Map(all.map((event) => [event.id, event])).values()];
  return { status: 200, events, ids: all.map((event) => event.id) };
}

const idFrom = (seed: string | undefined, index: number): string =>
  seed ? createHash("sha256").update(`${seed}:${index}`).digest("base64url").slice(0, 26) : randomUUID();

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
