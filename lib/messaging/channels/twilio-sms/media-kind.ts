import type { MessageMedia } from "@/db/schema/messaging";
import type { InboundMessage } from "@/lib/messaging/channels/channel";

/** What kind of message its attachments make it, by the first one's type; `text` without any. */
export function kindOfMedia([first]: readonly MessageMedia[]): InboundMessage["kind"] {
  if (!first) return "text";
  const [family] = first.contentType.split("/");
  return family === "image" || family === "audio" || family === "video" ? family : "document";
}
