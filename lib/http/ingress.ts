import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { log } from "@/lib/core/log";
import { requestOf } from "./body";
import type { RouteParams } from "./door";
import { FIXED_HEADERS } from "./fixed-headers";

type Handler = (request: Request, params: RouteParams) => Promise<Response>;
/** Paths without parameters, as a vendor was told them, and the POST of the route that lies there. */
export type Ingress = Readonly<Record<string, Handler>>;

const NO_PARAMS: RouteParams = { params: Promise.resolve({}) };
/** How long somebody who has his answer may go on sending. */
const GRACE_MS = 1_000;

/**
 * Lets this process's HTTP server answer the vendors' POSTs itself, by the same handlers behind the same doors, without
 * the framework's router and streams, which cost several times the webhook's own work (`npm run bench -- --only 1`). What
 * isn't named here, or is written in another way, goes to the framework as ever, to the same handlers; so these may use
 * nothing of the framework's own (`next/headers`, `after`). Called once, before the first request.
 */
export function openIngress(ingress: Ingress): void {
  const known = new WeakSet<Server>();
  subscribe("http.server.request.start", (message) => {
    const { server } = message as { server: Server }; // Node's documented shape of this channel
    if (known.has(server)) return;
    known.add(server);
    standBefore(server, ingress);
  });
}

/** Puts the ingress in front of whatever listens to a server's requests. */
export function standBefore(server: Server, ingress: Ingress): void {
  const others = server.rawListeners("request");
  server.removeAllListeners("request");
  server.on("request", (message: IncomingMessage, response: ServerResponse) => {
    const handler = message.method === "POST" ? ingress[pathOf(message.url ?? "")] : undefined;
    if (handler) void answer(handler, message, response);
    else for (const other of others) Reflect.apply(other, server, [message, response]);
  });
}

const pathOf = (target: string) => target.split("?", 1)[0] ?? "";

async function answer(handler: Handler, message: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const answered = await handler(requestOf(message), NO_PARAMS);
    const body = Buffer.from(await answered.arrayBuffer());
    response.once("finish", () => hangUpOn(message));
    response.writeHead(answered.status, {
      ...FIXED_HEADERS,
      ...Object.fromEntries(answered.headers),
      "content-length": body.length,
    });
    response.end(body);
  } catch (error) {
    log.error({ error }, "ingress failed"); // doors answer, they don't throw: this is a bug
    response.destroy();
  }
}

/** A body that was refused is let run out for a moment: cut at once, its sender would never read why. */
function hangUpOn(message: IncomingMessage): void {
  if (!message.complete) setTimeout(() => void (message.complete || message.destroy()), GRACE_MS).unref();
}
