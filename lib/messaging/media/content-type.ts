import { fileTypeFromBuffer } from "file-type";

/** What may be kept, by its first bytes. No SVG and no HTML: they run in the reader's browser. */
const KEPT = new Set([
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/gif",
  "image/heic",
  "audio/ogg",
  "audio/ogg; codecs=opus",
  "audio/mpeg",
  "audio/aac",
  "audio/amr",
  "audio/mp4",
  "audio/x-m4a",
  "audio/wav",
  "video/mp4",
  "video/3gpp",
  "video/webm",
  "video/quicktime",
  "application/pdf",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
]);
/** Kinds of plain text that have no first bytes of their own, by what the vendor says of them. */
const TEXT = new Map([
  ["text/plain", "text/plain; charset=utf-8"],
  ["text/csv", "text/plain; charset=utf-8"],
  ["text/vcard", "text/plain; charset=utf-8"],
  ["text/x-vcard", "text/plain; charset=utf-8"],
]);

/**
 * The type under which bytes are kept and served, or undefined where they are of no kind that may be kept. The sender's
 * word counts for plain text alone, and only where the bytes are text.
 */
export async function contentTypeOf(bytes: Buffer, claimed: string): Promise<string | undefined> {
  const found = await fileTypeFromBuffer(bytes);
  if (found && !TEXT.has(found.mime)) return KEPT.has(found.mime) ? found.mime : undefined;
  const asText = TEXT.get(found?.mime ?? claimed.split(";")[0]?.trim().toLowerCase() ?? "");
  return asText && isText(bytes) ? asText : undefined;
}

function isText(bytes: Buffer): boolean {
  try {
    return !new TextDecoder("utf-8", { fatal: true }).decode(bytes).includes("\0");
  } catch {
    return false;
  }
}
