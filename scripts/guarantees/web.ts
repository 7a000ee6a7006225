import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { GET as listRoute, POST as bookRoute } from "@/app/api/clinic/[slug]/appointments/route";
import { GET as availabilityRoute } from "@/app/api/clinic/[slug]/availability/route";
import { POST as moveRoute } from "@/app/api/clinic/[slug]/appointments/[id]/reschedule/route";
import { GET as eventsRoute } from "@/app/api/clinic/[slug]/events/route";
import { POST as inboundRoute } from "@/app/api/webhooks/sms/inbound/route";
import { POST as statusRoute } from "@/app/api/webhooks/sms/status/route";
import { POST as whatsappRoute } from "@/app/api/webhooks/whatsapp/cloud/route";
import { stampPeers } from "@/lib/http/address";
import type { RouteParams } from "@/lib/http/door";
import { standBefore, type Ingress } from "@/lib/http/ingress";

type Handler = (request: Request, params: RouteParams) => Promise<Response>;

/** Where the carriers knock: answered by the product's own ingress, ahead of everything else. */
const VENDORS: Ingress = {
  "/api/webhooks/sms/inbound": inboundRoute,
  "/api/webhooks/sms/status": statusRoute,
  "/api/webhooks/whatsapp/cloud": whatsappRoute,
};

/** Where the front desk knocks, by method and path; the framework's part is played here. */
const ROUTES: readonly [RegExp, Handler][] = [
  [/^GET \/api\/clinic\/(?<slug>[^/]+)\/events$/, eventsRoute],
  [/^GET \/api\/clinic\/(?<slug>[^/]+)\/appointments$/, listRoute],
  [/^GET \/api\/clinic\/(?<slug>[^/]+)\/availability$/, availabilityRoute],
  [/^POST \/api\/clinic\/(?<slug>[^/]+)\/appointments$/, bookRoute],
  [/^POST \/api\/clinic\/(?<slug>[^/]+)\/appointments\/(?<id>[^/]+)\/reschedule$/, moveRoute],
];

/** The body is passed on as it comes in: limits are the product's own. */
function requestOf(incoming: IncomingMessage, port: number, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
  const { url = "/", method = "GET" } = incoming;
  const body = method === "GET" ? {} : { body: Readable.toWeb(incoming), duplex: "half" };
  return new Request(`http://127.0.0.1:${port}${url}`, { method, headers, signal, ...body } as RequestInit); // the compiler's library lacks `duplex`
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse, port: number): Promise<void> {
  const left = new AbortController();
  outgoing.once("close", () => left.abort());
  const [path = ""] = (incoming.url ?? "/").split("?");
  for (const [pattern, handler] of ROUTES) {
    const found = pattern.exec(`${incoming.method} ${path}`);
    if (!found) continue;
    const response = await handler(requestOf(incoming, port, left.signal), {
      params: Promise.resolve({ ...found.groups }),
    });
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    for await (const chunk of response.body ?? []) outgoing.write(chunk);
    return void outgoing.end();
  }
  outgoing.writeHead(404).end();
}

/** Serves the routes that patients' carriers and the front desk knock at. */
export function serve(port: number, ready: () => void): void {
  stampPeers();
  const server = createServer((incoming, outgoing) => {
    incoming.on("error", () => undefined);
    answer(incoming, outgoing, port).catch(() => outgoing.destroy());
  });
  standBefore(server, VENDORS);
  server.listen(port, "127.0.0.1", ready);
}
