import { createServer, type IncomingMessage } from "node:http";
import { POST as inboundRoute } from "@/app/api/webhooks/sms/inbound/route";
import { POST as statusRoute } from "@/app/api/webhooks/sms/status/route";
import { systemContext } from "@/lib/clinics/mint";
import { takeTurn } from "@/lib/dialog/take-turn";
import { deliverClinic } from "@/lib/messaging/deliver";
import { clinicsWithDueWork, listDueTurns } from "@/lib/messaging/due-work";
import { ingestPending } from "@/lib/messaging/ingest";

/*
 * One process of the product under fire: `web` serves the webhook routes, `jobs` does what the functions do, found by
 * the queries of the sweep. `CRASH_AT=K7:2` kills it, as kill -9 does, when it comes to that point the second time.
 */

declare global {
  var chairsideCrashpoint: (point: string) => Promise<void>;
}

const { CRASH_AT = "", ROLE, WEB_PORT } = process.env;
const [crashPoint, crashTime = "1"] = CRASH_AT.split(":");
let passed = 0;
globalThis.chairsideCrashpoint = async (point) => {
  if (point !== crashPoint || ++passed < Number(crashTime)) return;
  process.kill(process.pid, "SIGKILL");
  await new Promise(() => undefined);
};

/** The product's own proportions, fifty times faster. */
const RUSHED = { leaseSeconds: 1, reconcileAfterSeconds: 2 };
const ROUND_MS = 25;

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
    await work().catch((error: unknown) => process.send?.({ failed: String(error) }));
    await new Promise((resolve) => setTimeout(resolve, ROUND_MS));
  }
}

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk as Uint8Array)); // a request without an encoding gives bytes
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
  const { url = "/", method = "POST" } = incoming;
  return new Request(`http://127.0.0.1:${WEB_PORT}${url}`, { method, headers, body: Buffer.concat(chunks) });
}

function serve(): void {
  const server = createServer((incoming, outgoing) => {
    const answer = async () => {
      const handler = incoming.url?.startsWith("/api/webhooks/sms/status") ? statusRoute : inboundRoute;
      const response = await handler(await requestOf(incoming), { params: Promise.resolve({}) });
      outgoing.writeHead(response.status).end(await response.text());
    };
    answer().catch(() => outgoing.destroy());
  });
  server.listen(Number(WEB_PORT), "127.0.0.1", () => process.send?.("ready"));
}

process.once("disconnect", () => process.exit(0));
if (ROLE === "web") serve();
else void workForever();
