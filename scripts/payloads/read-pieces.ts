import type { webhookEvents } from "@/db/schema/messaging";
import { READERS } from "@/lib/messaging/channels/registry";
import { listOf, looseOf, textOf } from "@/lib/messaging/channels/whatsapp-cloud/loose";
import type { SeenEvent } from "./check";

type Stored = typeof webhookEvents.$inferSelect;

/** A stored row that is no message, by the words of the format. What couldn't be split is no event of it. */
export function pieceOf(event: Stored): SeenEvent[] {
  const [family, word = ""] = event.event.split(":");
  const { body } = event;
  const part = looseOf(body.part);
  const seen = (kind: string, facts: SeenEvent["facts"]): SeenEvent[] => [{ kind, providerId: event.vendorId, facts }];
  switch (family) {
    case "status":
      return seen("status", { status: word, ...recipientOf(event), ...codesOf(event) });
    case "echo": {
      const { to, type } = part;
      return seen("echo", { to, type, text: textOf(looseOf(part.text).body) ?? null });
    }
    case "call":
      return seen("call", { from: part.from, event: word });
    case "preference": {
      const read = READERS[event.vendor](event);
      const from = read?.type === "preference" ? read.from : null;
      return seen("marketing_preference", { from, value: part.value, category: part.category });
    }
    case "user_id": {
      const read = READERS[event.vendor](event);
      const ids = read?.type === "identity" ? read.addresses.filter(({ kind }) => kind === "whatsapp_user") : [];
      const [previous, current] = ids.map(({ value }) => value);
      return seen("user_id_update", { from: part.wa_id, previous, current });
    }
    case "notice":
      return seen("notice", { field: body.field, event: looseOf(body.value).event });
    default:
      return [];
  }
}

/** The address that a status is about, as it was delivered. */
function recipientOf({ vendor, body }: Stored): SeenEvent["facts"] {
  const part = looseOf(body.part);
  if (vendor !== "whatsapp") return { to: textOf(body.To)?.replace(/^whatsapp:/, "") ?? null };
  const userId = textOf(part.recipient_user_id) ?? textOf(part.recipient_participant_user_id);
  return { to: textOf(part.recipient_id) ?? null, user_id: userId ?? null };
}

/** The product's own reading; of a status that it doesn't understand, what was delivered. */
function codesOf(event: Stored): SeenEvent["facts"] {
  const read = READERS[event.vendor](event);
  if (read?.type === "status") return { error_code: read.code, error_codes: read.code === null ? [] : [read.code] };
  const told = listOf(looseOf(event.body.part).errors).flatMap((error) => textOf(looseOf(error).code) ?? []);
  return { error_code: textOf(event.body.ErrorCode) ?? null, error_codes: told };
}
