import { lookup } from "node:dns/promises";
import { Agent, request, type Dispatcher } from "undici";
import { isPublicAddress } from "./public-address";
import { tierOf, type MediaHosts } from "./sources";

export const MOST_MEDIA_BYTES = 16 * 1024 * 1024;
const MOST_MS = 10_000;
const MOST_REDIRECTS = 3;

/** `refused` is final: the place, the size or the answer is wrong. `failed` may be tried again. */
export type Fetched =
  | { outcome: "bytes"; bytes: Buffer }
  | { outcome: "refused"; problem: string }
  | { outcome: "failed"; problem: string };

interface Place {
  url: string;
  hosts: MediaHosts;
  /** Sent to the vendor's API hosts alone, never along a redirect to its media hosts. */
  authorization: string | undefined;
}

/**
 * Fetches what a vendor keeps: from the allowed hosts alone, https, redirects by hand (3 at most), each name resolved
 * once and the connection pinned to what was resolved, public addresses only, 16 MB and 10 seconds at most.
 */
export async function fetchBytes({ url, hosts, authorization }: Place): Promise<Fetched> {
  const until = AbortSignal.timeout(MOST_MS);
  let at = new URL(url);
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const tier = tierOf(at, hosts);
    if (!tier) return { outcome: "refused", problem: "host_not_allowed" };
    const agent = tier === "own" ? new Agent() : await pinned(at.hostname);
    if (!agent) return { outcome: "refused", problem: "address_not_public" };
    try {
      const headers = { accept: "*/*", ...(authorization && tier !== "redirect" ? { authorization } : {}) };
      const answer = await request(at, { dispatcher: agent, headers, signal: until });
      const next = redirectOf(answer, at);
      if (!next) return await readAnswer(answer);
      await answer.body.dump();
      at = next;
    } catch (error) {
      return { outcome: "failed", problem: error instanceof Error ? error.name : "network" };
    } finally {
      void agent.close().catch(() => undefined);
    }
  }
  return { outcome: "refused", problem: "too_many_redirects" };
}

/** An agent that connects to the addresses found now, whatever the name says a moment later; undefined: not public. */
async function pinned(hostname: string): Promise<Agent | undefined> {
  const found = await lookup(hostname, { all: true }).catch(() => []);
  if (found.length === 0 || !found.every(({ address }) => isPublicAddress(address))) return undefined;
  return new Agent({
    connect: {
      lookup: (_name, options, done) => {
        const [first] = found;
        if (options.all) done(null, found);
        else if (first) done(null, first.address, first.family);
      },
    },
  });
}

function redirectOf({ statusCode, headers }: Dispatcher.ResponseData, from: URL): URL | undefined {
  const { location } = headers;
  return statusCode >= 300 && statusCode < 400 && typeof location === "string" ? new URL(location, from) : undefined;
}

async function readAnswer({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<Fetched> {
  if (statusCode !== 200) {
    await body.dump();
    const isFinal = statusCode >= 400 && statusCode < 500 && statusCode !== 429 && statusCode !== 408;
    return { outcome: isFinal ? "refused" : "failed", problem: `http_${statusCode}` };
  }
  if (Number(headers["content-length"] ?? 0) > MOST_MEDIA_BYTES) {
    body.destroy();
    return { outcome: "refused", problem: "too_large" };
  }
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of body) {
    const bytes = Buffer.from(part);
    length += bytes.length;
    if (length > MOST_MEDIA_BYTES) {
      body.destroy();
      return { outcome: "refused", problem: "too_large" };
    }
    parts.push(bytes);
  }
  return { outcome: "bytes", bytes: Buffer.concat(parts) };
}
