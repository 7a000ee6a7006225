import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";
import { takeFault } from "../twilio/faults";
import { Fault } from "./faults";
import { Inbound, Meta, type StubOptions } from "./meta";
import { problemOf } from "./rules";

export type WhatsappStub = Awaited<ReturnType<typeof startWhatsappStub>>;

const MOST_BODY = 1_000_000;

/** A Graph API that speaks WhatsApp's part of it, tells its webhooks, keeps a ledger and fails on demand. */
export async function startWhatsappStub(options: StubOptions) {
  const meta = new Meta(options);
  const server = createServer((request, response) => {
    serve(meta, request, response).catch(() => response.destroy());
  });
  const host = options.host ?? "127.0.0.1";
  server.listen(options.port ?? 0, host);
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  const port = address && typeof address === "object" ? address.port : 0;
  return {
    meta,
    ledger: meta.ledger,
    url: `http://${host}:${port}`,
    /** Queues failures for the next sends, first come first served. */
    fail: (...next: Fault[]) => void meta.faults.push(...next),
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

const MESSAGES = /^\/v\d+\.\d+\/([^/]+)\/messages$/;
const TEMPLATES = /^\/v\d+\.\d+\/([^/]+)\/message_templates$/;
const NUMBERS = /^\/v\d+\.\d+\/([^/]+)\/phone_numbers$/;
const OBJECT = /^\/v\d+\.\d+\/([^/]+)$/;
const FILE = /^\/files\/([^/]+)$/;

async function serve(meta: Meta, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, host } = new URL(request.url ?? "/", `http://${request.headers.host ?? "stub"}`);
  if (pathname.startsWith("/_stub/")) return operate(meta, pathname, await read(request), response);
  if (request.headers.authorization !== `Bearer ${meta.options.accessToken}`) return refuse(meta, response, 401, 190);
  const [, number] = MESSAGES.exec(pathname) ?? [];
  if (number && request.method === "POST") return send(meta, number, JSON.parse(await read(request)), response);
  const [, account] = TEMPLATES.exec(pathname) ?? NUMBERS.exec(pathname) ?? [];
  if (account !== undefined && account !== meta.waba) return refuse(meta, response, 400, 100);
  if (NUMBERS.test(pathname))
    return list(
      request,
      response,
      [...meta.numbers].map((id) => ({ id })),
    );
  if (TEMPLATES.test(pathname)) return templates(meta, request, response);
  const [, fileId] = FILE.exec(pathname) ?? [];
  const file = meta.files.get(fileId ?? "");
  if (file) return void response.writeHead(200, { "content-type": file.contentType }).end(file.bytes);
  const [, id = ""] = OBJECT.exec(pathname) ?? [];
  const edited = request.method === "POST" ? meta.templates.find((one) => one.id === id) : undefined;
  if (edited) {
    Object.assign(edited, JSON.parse(await read(request)), { status: "PENDING" });
    meta.review(edited);
    return answer(response, 200, { success: true });
  }
  const known = meta.files.get(id);
  if (known)
    return answer(response, 200, {
      ...{ messaging_product: "whatsapp", id, url: `http://${host}/files/${id}` },
      ...{ mime_type: known.contentType, file_size: known.bytes.length },
    });
  if (/^\d+$/.test(id))
    return answer(response, 200, {
      id,
      display_phone_number: "+1 555 010 0000",
      verified_name: "Stub",
      quality_rating: "GREEN",
    });
  return refuse(meta, response, 404, 100);
}

/** One send: a fault that waits comes first, then Meta's own refusals. */
async function send(meta: Meta, number: string, body: unknown, response: ServerResponse): Promise<void> {
  const asked = z.record(z.string(), z.unknown()).parse(body);
  const outbox = asked.biz_opaque_callback_data;
  const about = { to: String(asked.to ?? ""), ...(outbox ? { outboxId: String(outbox) } : {}) };
  meta.ledger.write({ kind: "request", ...about });
  const waiting = takeFault(meta.faults, about.to);
  const fault = waiting && Fault.parse(waiting);
  if (fault?.kind === "error") return refuse(meta, response, fault.status, fault.code, about);
  if (fault?.kind === "too_many") return tooMany(meta, response, about, fault.retryAfter);
  const problem = problemOf(body);
  if (problem) return refuse(meta, response, 400, problem, about);
  const isLost = fault && "isAccepted" in fault && !fault.isAccepted;
  const message = isLost
    ? undefined
    : meta.accept(number, asked, fault?.kind === "fails_later" ? fault.code : undefined);
  if (fault?.kind === "status_first" && message) await meta.tellStatus(message.id, fault.status);
  if (fault?.kind === "gateway" || fault?.kind === "stall" || fault?.kind === "reset")
    meta.ledger.write({ kind: "withheld", ...about });
  if (fault?.kind === "gateway") return void response.writeHead(fault.status).end("upstream");
  if (fault?.kind === "stall") await new Promise((resolve) => setTimeout(resolve, fault.ms).unref());
  if (fault?.kind === "stall" || fault?.kind === "reset") return void response.destroy();
  const contacts = [{ input: message?.to, wa_id: message?.to }];
  return answer(response, 200, { messaging_product: "whatsapp", contacts, messages: [{ id: message?.id }] });
}

/** One page, with a cursor and the address of the next where there is one. */
function list(request: IncomingMessage, response: ServerResponse, rows: readonly Record<string, unknown>[]): void {
  const asked = new URL(request.url ?? "/", "http://stub").searchParams;
  const [from, limit] = [Number(asked.get("after") ?? 0), Number(asked.get("limit") ?? 25)];
  const after = String(from + limit);
  const paging = from + limit < rows.length ? { cursors: { after }, next: "https://graph.example.test/next" } : {};
  answer(response, 200, { data: rows.slice(from, from + limit), paging });
}

/** What Meta refuses of a template at once: variables without examples, and marks at an edge. */
const NewTemplate = z.looseObject({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  language: z.string().regex(/^[a-z]{2,3}(?:_[A-Z]{2})?$/),
  category: z.enum(["MARKETING", "UTILITY", "AUTHENTICATION"]),
  components: z.tuple([
    z
      .looseObject({
        type: z.literal("BODY"),
        text: z
          .string()
          .min(1)
          .max(1024)
          .regex(/^(?!\{\{).*(?<!\}\})$/s),
        example: z.object({ body_text: z.tuple([z.array(z.string().min(1))]) }).optional(),
      })
      .refine(({ text, example }) => new Set(text.match(/\{\{\d+\}\}/g)).size === (example?.body_text[0].length ?? 0)),
  ]),
});

/** The account's templates; a new one is pending, as with Meta. */
async function templates(meta: Meta, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== "POST") return list(request, response, meta.templates);
  const asked = NewTemplate.safeParse(JSON.parse(await read(request)));
  if (!asked.success)
    return refuse(meta, response, 400, 100, {}, {}, "The template is not of the form that is asked for.");
  const { name, language } = asked.data;
  if (meta.templates.some((one) => one.name === name && one.language === language))
    return refuse(meta, response, 400, 100, {}, {}, "There is already content in this language.");
  const template = { ...asked.data, id: String(700_000 + meta.templates.length), status: "PENDING" };
  meta.templates.push(template);
  meta.review(template);
  return answer(response, 200, { id: template.id, status: template.status, category: template.category });
}

const Status = z.object({ id: z.string(), status: z.string(), errorCode: z.number().int().optional() });
const Decision = z.object({ name: z.string(), language: z.string(), event: z.string(), reason: z.string().optional() });
const News = z.object({ field: z.string(), value: z.record(z.string(), z.unknown()) });
const File = z.object({ id: z.string(), contentType: z.string(), base64: z.string() });

/** The control door, for tests and demonstrations: queue faults, play a person, keep files, read the ledger. */
async function operate(meta: Meta, path: string, text: string, response: ServerResponse): Promise<void> {
  try {
    const body: unknown = JSON.parse(text || "null");
    switch (path) {
      case "/_stub/ledger":
        return answer(response, 200, meta.ledger.entries);
      case "/_stub/faults":
        return answer(response, 200, { waiting: meta.faults.push(...z.array(Fault).parse(body)) });
      case "/_stub/clear":
        return answer(response, 200, { cleared: meta.faults.splice(0).length });
      case "/_stub/inbound":
        return answer(response, 200, await meta.sendInbound(Inbound.parse(body)));
      case "/_stub/status": {
        const { id, status, errorCode } = Status.parse(body);
        return answer(response, 200, { answered: await meta.tellStatus(id, status, errorCode) });
      }
      case "/_stub/decide": {
        const { name, language, event, reason } = Decision.parse(body);
        return answer(response, 200, { answered: await meta.decide(name, language, event, reason) });
      }
      case "/_stub/news": {
        const { field, value } = News.parse(body);
        return answer(response, 200, { answered: await meta.tellNews(field, value) });
      }
      case "/_stub/file": {
        const { id, contentType, base64 } = File.parse(body);
        meta.files.set(id, { contentType, bytes: Buffer.from(base64, "base64") });
        return answer(response, 200, {});
      }
      default:
        return answer(response, 404, { message: "no such control" });
    }
  } catch (error) {
    answer(response, 400, { message: String(error) });
  }
}

/** Whose send it was. */
type About = { to?: string; outboxId?: string };

function tooMany(meta: Meta, response: ServerResponse, about: About, retryAfter: number | undefined): void {
  refuse(meta, response, 429, 130429, about, retryAfter ? { "retry-after": String(retryAfter) } : {});
}

function refuse(
  meta: Meta,
  response: ServerResponse,
  status: number,
  code: number,
  about: About = {},
  headers: Record<string, string> = {},
  words?: string,
): void {
  meta.ledger.write({ kind: "refused", status: String(code), ...about });
  const error = {
    message: `(#${code}) Refused`,
    type: "OAuthException",
    code,
    fbtrace_id: "stub",
    error_user_msg: words,
  };
  answer(response, status, { error }, headers);
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
