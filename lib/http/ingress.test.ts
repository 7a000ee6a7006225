import { once } from "node:events";
import { createServer, request as send, type RequestOptions } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, expect, test } from "vitest";
import { standBefore } from "./ingress";
import { route } from "./route";

const MOST = 1_000;
const seen: (string | null)[] = [];
const hook = route.webhook({
  maxBytes: MOST,
  handler: async ({ request, raw }) => {
    seen.push(request.headers.get("x-signature"));
    const { pathname, search } = new URL(request.url);
    return new Response(`<${pathname}${search}|${raw.toString("utf8")}>`, { headers: { "content-type": "text/xml" } });
  },
});
const broken = () => Promise.reject(new Error("a bug"));

const server = createServer((_, response) => void response.writeHead(404).end("the framework's"));
standBefore(server, { "/hook": hook, "/broken": broken });
await once(server.listen(0, "127.0.0.1"), "listening");
const { port } = server.address() as AddressInfo; // a TCP server's
afterAll(() => void server.close());

async function ask(path: string, body: string, options: RequestOptions = {}) {
  const sending = send({ host: "127.0.0.1", port, path, method: "POST", agent: false, ...options });
  const answered = once(sending, "response");
  sending.end(body);
  const [response] = await answered;
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

test("a named path is answered by its route's own handler, with the headers that every answer carries", async () => {
  const answer = await ask("/hook?outbox=1%202", "a=1", { headers: { "x-signature": "s" } });
  expect([answer.status, answer.body]).toEqual([200, "</hook?outbox=1%202|a=1>"]);
  expect(answer.headers).toMatchObject({ "content-type": "text/xml", "x-content-type-options": "nosniff" });
  expect(seen.at(-1)).toBe("s");
});

test.each([
  ["another path", "/hooks", "POST"],
  ["the same path written in another way", "/x/../hook", "POST"],
  ["another method", "/hook", "PUT"],
])("%s is the framework's", async (_, path, method) => {
  expect(await ask(path, "", { method })).toMatchObject({ status: 404, body: "the framework's" });
});

test("a body beyond the limit is refused with its reason, announced or not", async () => {
  const large = "x".repeat(MOST + 1);
  const inPieces = { "transfer-encoding": "chunked" };
  expect((await ask("/hook", large)).status).toBe(413);
  expect((await ask("/hook", large, { headers: inPieces })).status).toBe(413);
  expect((await ask("/hook", large.slice(1), { headers: inPieces })).status).toBe(200);
});

test("who goes on sending after the answer is hung up on", async () => {
  const socket = connect(port, "127.0.0.1").on("error", () => undefined);
  socket.write(`POST /hook HTTP/1.1\r\nhost: x\r\ncontent-length: ${MOST * 1000}\r\n\r\nsome`);
  const [answer] = await once(socket.setEncoding("utf8"), "data");
  expect(answer).toContain("413");
  await once(socket.resume(), "close");
});

test("a body that breaks off reaches no handler, and a bug costs its own connection alone", async () => {
  const before = seen.length;
  const socket = connect(port, "127.0.0.1").on("error", () => undefined);
  socket.end("POST /hook HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\na=1");
  await once(socket.resume(), "close");
  await expect(ask("/broken", "")).rejects.toThrow();
  expect(seen.length).toBe(before);
  expect((await ask("/hook", "")).status).toBe(200);
});
