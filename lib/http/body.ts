import { err, ok, type Result } from "@/lib/core/result";

/** Reads a body up to a limit, in bytes; stops reading and answers PAYLOAD_TOO_LARGE beyond it. */
export async function readLimited(request: Request, maxBytes: number): Promise<Result<Buffer>> {
  const announced = Number(request.headers.get("content-length") ?? 0);
  if (announced > maxBytes) return err("PAYLOAD_TOO_LARGE", { maxBytes });
  if (!request.body) return ok(Buffer.alloc(0));
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
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
