import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { env } from "@/lib/core/env";

/** Carries the socket's address into the handlers; whatever a client sends under this name is overwritten. */
const PEER_HEADER = "x-chairside-peer";

/** Stamps every request of this process with its socket's address, before any handler sees it. Called once. */
export function stampPeers(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage }; // Node's documented shape of this channel
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? "unknown";
  });
}

/**
 * The caller's address: the socket's, or, behind `TRUSTED_PROXY_HOPS` proxies of ours, what the outermost of them
 * saw. A forged X-Forwarded-For changes nothing, because only the entries that our own proxies add are read.
 */
export function addressOf(request: Request): string {
  const peer = request.headers.get(PEER_HEADER) ?? "unknown";
  const hops = env().TRUSTED_PROXY_HOPS;
  if (hops === 0) return peer;
  const forwarded = (request.headers.get("x-forwarded-for") ?? "").split(",").map((entry) => entry.trim());
  return forwarded.at(-hops) || peer;
}
