import { createServer, type IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { GET as listRoute, POST as bookRoute } from "@/app/api/clinic/[slug]/appointments/route";
import { POST as moveRoute } from "@/app/api/clinic/[slug]/appointments/[id]/reschedule/route";
import { POST as inboundRoute } from "@/app/api/webhooks/sms/inbound/route";
import { POST as statusRoute } from "@/app/api/webhooks/sms/status/route";
import { POST as whatsappRoute } from "@/app/api/webhooks/whatsapp/cloud/route";
import { pool } from "@/db/client";
import { systemContext } from "@/lib/clinics/mint";
import { takeTurn } from "@/lib/dialog/take-turn";
import type { RouteParams } from "@/lib/http/door";
import { deliverClinic } from "@/lib/messaging/deliver";
import { clinicsWithDueWork, listDueTurns } from "@/lib/messaging/due-work";
import { ingestPending } from "@/lib/messaging/ingest";
import { DELIVERY } from "@/lib/messaging/outbox-items";
import { PROBE_SECONDS } from "./times";

/*
 * One process of the product under fire: `web` serves the routes, `jobs` does what the functions do, found by the queries
 * of the sweep. `CRASH_AT=K7:2` kills it, as kill -9 does, when it comes to that point the second time;
 * `CLOCK_OFFSET_MS` is how wrong its clock goes.
 */

declare global {
  var chairsideCrashpoint: (point: string) => Promise<void>;
}

const { CRASH_AT = "", ROLE, WEB_PORT, CLOCK_OFFSET_MS = "0" } = process.env;
const [crashPoint, crashTime = "1"] = CRASH_AT.split(":");
let passed = 0;
globalThis.chairsideCrashpoint = async (point) => {
  if (point !== crashPoint || ++passed < Number(crashTime)) return;
  process.kill(process.pid, "SIGKILL");
  await new Promise(() => undefined);
};

/** The product's own proportions, faster: a claim's freshness and a send's time-out end well before the question. */
const RUSHED = { ...DELIVERY, leaseSeconds: 1, reconcileAfterSeconds: 3, probeSeconds: PROBE_SECONDS };
const ROUND_MS = 50;

/** A machine whose clock goes wrong: everything in this process that asks what time it is is told another. */
if (CLOCK_OFFSET_MS !== "0") {
  const [TrueDate, wrong] = [Date, Number(CLOCK_OFFSET_MS)];
  const now = () => TrueDate.now() + wrong;
  globalThis.Date = new Proxy(TrueDate, {
    construct: (target, given, asked) => Reflect.construct(target, given.length === 0 ? [now()] : given, asked),
    get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
  });
}

async function work(): Promise<void> {
  await ingestPending();
  for (const { clinicId, conversationId } of await listDueTurns())
    await takeTurn(await systemContext(clinicId, "dialog.take-turn"), conversationId);
  for (const clinicId of await clinicsWithDueWork("outbox"))
    await deliverClinic(await systemContext(clinicId, "messaging.deliver"), RUSHED);
}

async function workForever(): Promise<void> {
  process.send?.("ready");
  for (;;) {
    await work().catch((error: unknown) => process.send?.({ failed: causeOf(error) }));
    await new Promise((resolve) => setTimeout(resolve, ROUND_MS));
  }
}

const causeOf = (error: unknown): string =>
  error instanceof Error && error.cause ? `${error.message}: ${String(error.cause)}` : String(error);

type Handler = (request: Request, params: RouteParams) => Promise<Response>;

/** The routes that patients' carriers and the front desk knock at, by method and path. */
const ROUTES: readonly [RegExp, Handler][] = [
  [/^POST \/api\/webhooks\/sms\/inbound$/, inboundRoute],
  [/^POST \/api\/webhooks\/sms\/status$/, statusRoute],
  [/^POST \/api\/webhooks\/whatsapp\/cloud$/, whatsappRoute],
  [/^GET \/api\/clinic\/(?<slug>[^/]+)\/appointments$/, listRoute],
  [/^POST \/api\/clinic\/(?<slug>[^/]+)\/appointments$/, bookRoute],
  [/^POST \/api\/clinic\/(?<slug>[^/]+)\/appointments\/(?<id>[^/]+)\/reschedule$/, moveRoute],
];

/** The body is passed on as it comes in: limits are the product's own. */
function requestOf(incoming: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
  const { url = "/", method = "GET" } = incoming;
  const body = method === "GET" ? {} : { body: Readable.toWeb(incoming), duplex: "half" };
  return new Request(`http://127.0.0.1:${WEB_PORT}${url}`, { method, headers, ...body } as RequestInit); // the compiler's library lacks `duplex`
}

async function answerTo(incoming: IncomingMessage): Promise<Response> {
  const [path = ""] = (incoming.url ?? "/").split("?");
  for (const [pattern, handler] of ROUTES) {
    const found = pattern.exec(`${incoming.method} ${path}`);
    if (found) return handler(requestOf(incoming), { params: Promise.resolve({ ...found.groups }) });
  }
  return new Response(null, { status: 404 });
}

function serve(): void {
  const server = createServer((incoming, outgoing) => {
    incoming.on("error", () => undefined);
    const answer = async () => {
      const response = await answerTo(incoming);
      if (!incoming.complete) response.headers.set("connection", "close");
      outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
    };
    answer().catch(() => outgoing.destroy());
  });
  server.listen(Number(WEB_PORT), "127.0.0.1", () => process.send?.("ready"));
}

process.once("disconnect", () => process.exit(0));
process.on("message", () => {
  const { totalCount, idleCount, waitingCount } = pool();
  process.send?.({ pool: { totalCount, idleCount, waitingCount } });
});
if (ROLE === "web") serve();
else void workForever();
