import type { IncomingMessage } from "node:http";
import { err, ok, type Result } from "@/lib/core/result";

/** How long a body may take once its head is here; a vendor's comes with it. */
const PATIENCE_MS = 10_000;
/** Requests that came past the framework: their bodies are still in the messages. */
const unread = new WeakMap<Request, IncomingMessage>();

/** A server's message as the request that doors know. Its body is read by `readLimited` alone, and costs no streams. */
export function requestOf(message: IncomingMessage): Request {
  const { method = "GET", url = "/" } = message;
  const headers = Object.entries(message.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const request = new Request(`http://localhost${url}`, { method, headers });
  unread.set(request, message);
  return request;
}

/** Reads a body up to a limit, in bytes; stops reading and answers PAYLOAD_TOO_LARGE beyond it. */
export async function readLimited(request: Request, maxBytes: number): Promise<Result<Buffer>> {
  const announced = Number(request.headers.get("content-length") ?? 0);
  if (announced > maxBytes) return err("PAYLOAD_TOO_LARGE", { maxBytes });
  const message = unread.get(request);
  if (message) return readMessage(message, maxBytes);
  return request.body ? readStream(request.body, maxBytes) : ok(Buffer.alloc(0));
}

async function readStream(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Result<Buffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return ok(Buffer.concat(chunks));
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      return err("PAYLOAD_TOO_LARGE", { maxBytes });
    }
    chunks.push(value);
  }
}

/** One that breaks off or dawdles is VALIDATION_FAILED. */
function readMessage(message: IncomingMessage, maxBytes: number): Promise<Result<Buffer>> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (result: Result<Buffer>) => {
      clearTimeout(patience);
      message.removeListener("data", take).removeListener("end", end).removeListener("close", giveUp);
      message.resume(); // what is still to come goes nowhere
      resolve(result);
    };
    const take = (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > maxBytes) finish(err("PAYLOAD_TOO_LARGE", { maxBytes }));
      else chunks.push(chunk);
    };
    const end = () => finish(ok(Buffer.concat(chunks)));
    const giveUp = () => finish(INCOMPLETE);
    const patience = setTimeout(giveUp, PATIENCE_MS);
    message
      .on("data", take)
      .on("end", end)
      .on("close", giveUp)
      .on("error", () => undefined);
  });
}

const INCOMPLETE = err("VALIDATION_FAILED", [
  { code: "incomplete_body", path: [], message: "The body did not come to its end." },
]);

const isJson = (contentType: string | null) => /^application\/(?:[\w.-]+\+)?json\b/i.test(contentType ?? "");

/** A JSON body as a value. An absent body is `{}`; another type is UNSUPPORTED_MEDIA_TYPE; broken JSON VALIDATION_FAILED. */
export async function readJson(request: Request, maxBytes: number): Promise<Result<{ raw: Buffer; value: unknown }>> {
  const read = await readLimited(request, maxBytes);
  if (!read.ok) return read;
  if (read.data.length === 0) return ok({ raw: read.data, value: {} });
  if (!isJson(request.headers.get("content-type"))) return err("UNSUPPORTED_MEDIA_TYPE");
  try {
    return ok({ raw: read.data, value: JSON.parse(read.data.toString("utf8")) as unknown });
  } catch {
    return err("VALIDATION_FAILED", [{ code: "invalid_json", path: [], message: "The body is not valid JSON." }]);
  }
}
