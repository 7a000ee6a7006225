import http from "node:http";
import type { AddressInfo } from "node:net";
import { sameSecret } from "@/lib/core/crypto";
import { log } from "@/lib/core/log";
import { readEvents } from "./ingest";
import type { StoredEvent } from "./protocol";
import type { Settings } from "./settings";
import { hashedSigningKey } from "./signature";

const MAX_BODY = 2_000_000;

interface Doors {
  /** Stores events; resolves once they are durable. */
  store: (events: StoredEvent[]) => Promise<void>;
  health: () => { isHealthy: boolean; [fact: string]: unknown };
  /** The application asks to have its functions read again. */
  sync: () => Promise<void>;
}

/** The executor's own address: the event API, registration as the SDK asks for it, and health. */
export function makeServer(settings: Settings, doors: Doors): http.Server {
  const server = http.createServer((request, response) => {
    answer(settings, doors, request).then(
      ({ status, body }) => send(response, status, body),
      (error: unknown) => {
        log.warn({ error }, "executor request failed");
        send(response, 503, { status: 503, error: "try again" });
      },
    );
  });
  server.keepAliveTimeout = 65_000;
  return server;
}

/** Starts listening; answers the port. */
export const listen = (server: http.Server, { host, port }: Settings): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve(portOf(server.address()));
    });
  });

const portOf = (address: AddressInfo | string | null) => (address && typeof address === "object" ? address.port : 0);

async function answer(settings: Settings, doors: Doors, request: http.IncomingMessage) {
  const path = new URL(request.url ?? "/", "http://executor").pathname;
  if (request.method === "GET" && path === "/health") {
    const { isHealthy, ...facts } = doors.health();
    return { status: isHealthy ? 200 : 503, body: { ok: isHealthy, ...facts } };
  }
  if (request.method === "POST" && path.startsWith("/e/")) return takeEvents(settings, doors, request, path.slice(3));
  if (request.method === "POST" && path === "/fn/register") return register(settings, doors, request);
  return { status: 404, body: { status: 404, error: "not found" } };
}

async function takeEvents(settings: Settings, doors: Doors, request: http.IncomingMessage, key: string) {
  const body = await readBody(request);
  if (body === undefined) return { status: 413, body: { status: 413, error: "Event payload too large" } };
  const seed = request.headers["x-inngest-event-id-seed"];
  const given = { key: decodeURIComponent(key), body, seed: typeof seed === "string" ? seed : undefined };
  const read = readEvents(given, settings.eventKey, new Date());
  if (read.status !== 200) return { status: read.status, body: read };
  await doors.store(read.events);
  return { status: 200, body: { status: 200, ids: read.ids } };
}

async function register(settings: Settings, doors: Doors, request: http.IncomingMessage) {
  await readBody(request);
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  if (!sameSecret(bearer, hashedSigningKey(settings.signingKey))) {
    return { status: 401, body: { status: 401, error: "signing key not accepted" } };
  }
  await doors.sync();
  return { status: 200, body: { status: 200, modified: true } };
}

/** The body as text; undefined when it is longer than anybody has reason to send. */
async function readBody(request: http.IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > MAX_BODY) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: http.ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
