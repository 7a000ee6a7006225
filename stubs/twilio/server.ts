import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Carrier, outboxOf, type StubOptions } from "./carrier";
import { control, type Doorkeeper } from "./control";
import type { Fault } from "./faults";
import type { CarrierMessage } from "./messages";

export type TwilioStub = Awaited<ReturnType<typeof startTwilioStub>>;

const MOST_BODY = 1_000_000;

/** A carrier that speaks Twilio's REST API and webhooks, keeps a ledger and fails on demand. */
export async function startTwilioStub(options: StubOptions) {
  const carrier = new Carrier(options);
  const { host = "127.0.0.1", authToken } = options;
  const authorization = `Basic ${Buffer.from(`${carrier.accountSid}:${authToken}`).toString("base64")}`;
  const server = createServer((request, response) => {
    serve({ carrier, refuse }, authorization, request, response).catch(() => response.destroy());
  });
  const listen = async (port: number) => {
    server.listen(port, host);
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    return address && typeof address === "object" ? address.port : 0;
  };
  const port = await listen(options.port ?? 0);
  const shut = () => new Promise<void>((resolve) => server.close(() => resolve()));
  /** Closes the port once what is under way is answered, and opens it again after so long. */
  function refuse(ms: number): void {
    setImmediate(() => void shut().then(() => setTimeout(() => void listen(port), ms)));
  }
  return {
    carrier,
    ledger: carrier.ledger,
    url: `http://${host}:${port}`,
    /** Queues failures for the next sends, first come first served. */
    fail: (...next: Fault[]) => void carrier.faults.push(...next),
    refuse,
    close: () => {
      const closed = shut();
      server.closeAllConnections();
      return closed;
    },
  };
}

const MESSAGES = /^\/2010-04-01\/Accounts\/(AC\w+)\/Messages(?:\/(\w+))?\.json$/;

async function serve(
  keeper: Doorkeeper,
  authorization: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { carrier } = keeper;
  const url = new URL(request.url ?? "/", "http://stub");
  if (url.pathname.startsWith("/_stub/")) return operate(keeper, url.pathname, await read(request), response);
  const match = MESSAGES.exec(url.pathname);
  if (!match) return refuse(carrier, response, 404, 20404, "Not found");
  if (request.headers.authorization !== authorization)
    return refuse(carrier, response, 401, 20003, "Authentication Error");
  if (request.method === "POST") return create(carrier, new URLSearchParams(await read(request)), response);
  const found = match[2] ? carrier.messages.get(match[2]) : undefined;
  if (found) return answer(response, 200, found);
  if (match[2]) return refuse(carrier, response, 404, 20404, "Not found");
  carrier.ledger.write({ kind: "listed", to: url.searchParams.get("To") ?? "" });
  return answer(response, 200, pageOf(url, carrier.messages.list(url.searchParams)));
}

/** One send: a fault that waits comes first, then Twilio's own refusals. */
async function create(carrier: Carrier, form: URLSearchParams, response: ServerResponse): Promise<void> {
  carrier.ledger.write({ kind: "request", outboxId: outboxOf(form), to: form.get("To") ?? "" });
  const fault = carrier.faults.shift();
  if (fault?.kind === "too_many")
    return refuse(carrier, response, 429, 20429, "Too Many Requests", { "retry-after": String(fault.retryAfter ?? 1) });
  if (fault?.kind === "server_error") return refuse(carrier, response, 500, 20500, "Internal Server Error");
  if (fault?.kind === "error") return refuse(carrier, response, 400, fault.code, "Refused on demand");
  const problem = problemOf(form);
  if (problem) return refuse(carrier, response, 400, problem, "Invalid request");
  const message = fault && "isAccepted" in fault && !fault.isAccepted ? undefined : carrier.accept(form);
  if (fault?.kind === "status_first" && message) await carrier.tellStatus(message.sid, fault.status).catch(() => 0);
  if (!fault || fault.kind === "status_first") return answer(response, 201, message);
  if (fault.kind === "stall") await new Promise((resolve) => setTimeout(resolve, fault.ms).unref());
  response.destroy();
}

async function operate(keeper: Doorkeeper, path: string, text: string, response: ServerResponse): Promise<void> {
  try {
    const done = await control(keeper, path, JSON.parse(text || "null"));
    answer(response, done === undefined ? 404 : 200, done ?? { message: "no such control" });
  } catch (error) {
    answer(response, 400, { message: String(error) });
  }
}

function problemOf(form: URLSearchParams): number | undefined {
  if (!/^\+\d{7,15}$/.test(form.get("To") ?? "")) return 21211;
  const length = form.get("Body")?.length ?? 0;
  if (length === 0) return 21602;
  return length > 1600 ? 21617 : undefined;
}

const pageOf = (url: URL, messages: CarrierMessage[]) => ({
  messages,
  page: 0,
  page_size: messages.length,
  start: 0,
  end: Math.max(0, messages.length - 1),
  uri: `${url.pathname}${url.search}`,
  first_page_uri: `${url.pathname}${url.search}`,
  next_page_uri: null,
  previous_page_uri: null,
});

function refuse(
  carrier: Carrier,
  response: ServerResponse,
  status: number,
  code: number,
  message: string,
  headers: Record<string, string> = {},
): void {
  carrier.ledger.write({ kind: "refused", status: String(code) });
  const body = { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
  answer(response, status, body, headers);
}

function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array); // a request without an encoding gives bytes
    size += bytes.length;
    if (size > MOST_BODY) throw new Error("too large");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}
