import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Carrier, outboxOf, type StubOptions } from "./carrier";
import { control, type Doorkeeper } from "./control";
import { takeFault, type Fault } from "./faults";
import type { CarrierMessage } from "./messages";

export type TwilioStub = Awaited<ReturnType<typeof startTwilioStub>>;

const MOST_BODY = 1_000_000;

/**
 * A carrier that speaks Twilio's REST API and webhooks, keeps a ledger and fails on demand. Its control door is open at
 * the same port and, because that one may be closed, at one of its own.
 */
export async function startTwilioStub(options: StubOptions) {
  const carrier = new Carrier(options);
  const { host = "127.0.0.1", authToken } = options;
  const authorization = `Basic ${Buffer.from(`${carrier.accountSid}:${authToken}`).toString("base64")}`;
  const answerAll = (request: IncomingMessage, response: ServerResponse) => {
    serve({ carrier, setPort }, authorization, request, response).catch(() => response.destroy());
  };
  const [server, door] = [createServer(answerAll), createServer(answerAll)];
  const [port, doorPort] = [await listen(server, options.port ?? 0, host), await listen(door, 0, host)];
  async function setPort(isOpen: boolean): Promise<void> {
    if (isOpen && !server.listening) await listen(server, port, host);
    else if (!isOpen && server.listening) server.close(); // what is under way is answered still
  }
  return {
    carrier,
    ledger: carrier.ledger,
    url: `http://${host}:${port}`,
    controlUrl: `http://${host}:${doorPort}/_stub`,
    /** Queues failures for the next sends, first come first served. */
    fail: (...next: Fault[]) => void carrier.faults.push(...next),
    close: async () => {
      await Promise.all([server, door].map(shut));
    },
  };
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  return address && typeof address === "object" ? address.port : 0;
}

function shut(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  return closed;
}

const NOT_FOUND = { status: 404, code: 20404, message: "Not found" };
const ACCOUNT = /^\/2010-04-01\/Accounts\/(AC\w+)\.json$/;
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
  const [account, match] = [ACCOUNT.exec(url.pathname), MESSAGES.exec(url.pathname)];
  if (!account && !match) return refuse(carrier, response, NOT_FOUND);
  if (request.headers.authorization !== authorization)
    return refuse(carrier, response, { status: 401, code: 20003, message: "Authentication Error" });
  if (!match) return answer(response, 200, { sid: account?.[1], friendly_name: "Stub", status: "active" });
  if (request.method === "POST") return create(carrier, new URLSearchParams(await read(request)), response);
  const found = match[2] ? carrier.messages.get(match[2]) : undefined;
  if (found) return answer(response, 200, found);
  if (match[2]) return refuse(carrier, response, NOT_FOUND);
  carrier.ledger.write({ kind: "listed", to: url.searchParams.get("To") ?? "" });
  return answer(response, 200, pageOf(url, carrier.messages.list(url.searchParams)));
}

/** One send: a fault that waits comes first, then Twilio's own refusals. */
async function create(carrier: Carrier, form: URLSearchParams, response: ServerResponse): Promise<void> {
  const outboxId = outboxOf(form);
  carrier.ledger.write({ kind: "request", outboxId, to: form.get("To") ?? "" });
  const fault = takeFault(carrier.faults, form.get("To") ?? "");
  const refusal = refusalOf(fault) ?? refusalOf(problemOf(form));
  if (refusal) return refuse(carrier, response, { ...refusal, outboxId });
  const message = fault && "isAccepted" in fault && !fault.isAccepted ? undefined : carrier.accept(form);
  if (fault?.kind === "status_first" && message) await carrier.tellStatus(message.sid, fault.status).catch(() => 0);
  if (fault?.kind !== "stall" && fault?.kind !== "reset") return answer(response, 201, message);
  carrier.ledger.write({ kind: "withheld", outboxId });
  if (fault.kind === "stall") await new Promise((resolve) => setTimeout(resolve, fault.ms).unref());
  response.destroy();
}

interface Refusal {
  status: number;
  code: number;
  message: string;
  headers?: Record<string, string>;
  outboxId?: string | undefined;
}

function refusalOf(fault: Fault | undefined): Refusal | undefined {
  if (fault?.kind === "too_many") {
    const headers = { "retry-after": String(fault.retryAfter ?? 1) };
    return { status: 429, code: 20429, message: "Too Many Requests", headers };
  }
  if (fault?.kind === "server_error")
    return { status: fault.status ?? 500, code: 20500, message: "Internal Server Error" };
  return fault?.kind === "error" ? { status: 400, code: fault.code, message: "Invalid request" } : undefined;
}

async function operate(keeper: Doorkeeper, path: string, text: string, response: ServerResponse): Promise<void> {
  try {
    const done = await control(keeper, path, JSON.parse(text || "null"));
    answer(response, done === undefined ? 404 : 200, done ?? { message: "no such control" });
  } catch (error) {
    answer(response, 400, { message: String(error) });
  }
}

/** A phone number; on WhatsApp, behind the channel's name, also a person's id. */
const ADDRESS = /^(?:whatsapp:[A-Z]{2}\.\w+|(?:whatsapp:)?\+\d{7,15})$/;

/** What Twilio itself finds wrong with a message. A template's text is its content's. */
function problemOf(form: URLSearchParams): Fault | undefined {
  const length = form.get("ContentSid") ? 1 : (form.get("Body")?.length ?? 0);
  const isAddress = ADDRESS.test(form.get("To") ?? "");
  const code = !isAddress ? 21211 : length === 0 ? 21602 : length > 1600 ? 21617 : undefined;
  return code === undefined ? undefined : { kind: "error", code };
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

function refuse(carrier: Carrier, response: ServerResponse, { status, code, message, ...more }: Refusal): void {
  carrier.ledger.write({ kind: "refused", status: String(code), outboxId: more.outboxId });
  const body = { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
  answer(response, status, body, more.headers);
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
