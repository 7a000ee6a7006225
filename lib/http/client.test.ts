import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { z } from "zod";
import { api } from "./client";

async function answering<T>(listener: RequestListener, ask: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address() satisfies string | AddressInfo | null;
  try {
    return await ask(`http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/`);
  } finally {
    server.close();
  }
}

const json =
  (status: number, body: unknown): RequestListener =>
  (_, response) =>
    response.writeHead(status, { "content-type": "application/json", "x-request-id": "r1" }).end(JSON.stringify(body));

test("answers the data of the envelope", async () => {
  const ask = (url: string) => api(z.object({ n: z.number() }), url);
  expect(await answering(json(200, { ok: true, data: { n: 1 } }), ask)).toEqual({ n: 1 });
});

test("a refusal keeps its code, its details and the request id", async () => {
  const refusal = json(409, { ok: false, error: "SLOT_TAKEN", message: "gone", details: { at: 1 } });
  await expect(answering(refusal, (url) => api(z.null(), url, { method: "POST", json: {} }))).rejects.toMatchObject({
    code: "SLOT_TAKEN",
    message: "gone",
    details: { at: 1 },
    requestId: "r1",
  });
});

test("an answer of another shape is INTERNAL, no answer is UNAVAILABLE", async () => {
  const ask = (url: string) => api(z.string(), url);
  await expect(answering(json(200, { ok: true, data: 1 }), ask)).rejects.toMatchObject({ code: "INTERNAL" });
  await expect(answering((_, response) => response.end("<html>"), ask)).rejects.toMatchObject({ code: "INTERNAL" });
  await expect(answering((request) => request.socket.destroy(), ask)).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

test("a question given up is not a failure", async () => {
  const gone = AbortSignal.abort();
  await expect(api(z.null(), "http://127.0.0.1:9/", { signal: gone })).rejects.toMatchObject({ name: "AbortError" });
});
