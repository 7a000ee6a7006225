import type { MessageMedia, MessagePayload } from "@/db/schema/messaging";
import type { InboundMessage } from "@/lib/messaging/channels/channel";
import { isLoose, listOf, looseOf, textOf, type Loose } from "./loose";

/** What a message says, whoever says it. */
export interface Content {
  kind: InboundMessage["kind"];
  text: string;
  payload: MessagePayload | null;
  media: MessageMedia[];
  flags: Record<string, string>;
  wantsAnswer: boolean;
  /** Meta's own word for the kind. */
  vendorType: string;
}

type Piece = Partial<Pick<Content, "kind" | "text" | "payload" | "media" | "wantsAnswer">>;
type Kind = Content["kind"];

const READERS: Record<string, (block: Loose) => Piece> = {
  text: (block) => ({ kind: "text", text: textOf(block.body) ?? "" }),
  image: (block) => mediaPiece("image", block),
  video: (block) => mediaPiece("video", block),
  document: (block) => mediaPiece("document", block),
  sticker: (block) => mediaPiece("sticker", block),
  audio: (block) => ({ ...mediaPiece("audio", block), payload: block.voice === true ? { isVoice: true } : {} }),
  location: (block) => ({ kind: "location", payload: placeOf(block) }),
  reaction: (block) => ({
    kind: "reaction",
    payload: { emoji: textOf(block.emoji) ?? "", about: textOf(block.message_id) ?? "" },
    wantsAnswer: false,
  }),
  button: (block) => tapped("button", textOf(block.text), textOf(block.payload)),
  interactive: readInteractive,
  order: (block) => ({ kind: "order", text: textOf(block.text) ?? "", payload: { items: itemsOf(block) } }),
  system: (block) => ({ kind: "system", text: textOf(block.body) ?? "", wantsAnswer: false }),
};

/**
 * What a message says by the block of its type; where no type is given, by the block that is there. A type that nobody
 * knows yet is `unsupported` with what it has of a text: kept, shown, and answered as something that can't be read.
 */
export function readContent(part: Loose): Content {
  const named = textOf(part.type);
  const vendorType =
    named ?? [...Object.keys(READERS), "contacts"].find((name) => part[name] !== undefined) ?? "unknown";
  const piece = pieceOf(vendorType, part);
  const { kind = "unsupported", text = textOf(looseOf(part.text).body) ?? "", media = [], wantsAnswer = true } = piece;
  const payload: MessagePayload = {
    ...contextOf(looseOf(part.context)),
    ...(kind === "unsupported" ? { vendorType } : {}),
    ...piece.payload,
  };
  return {
    ...{ kind, text, media, wantsAnswer, vendorType },
    payload: Object.keys(payload).length > 0 ? payload : null,
    flags: flagsOf(part, vendorType),
  };
}

function pieceOf(vendorType: string, part: Loose): Piece {
  if (vendorType === "contacts") return { kind: "contacts", payload: { contacts: cardsOf(part.contacts) } };
  const reader = Object.hasOwn(READERS, vendorType) ? READERS[vendorType] : undefined;
  const block = part[vendorType];
  return reader && isLoose(block) ? reader(block) : {};
}

function mediaPiece(kind: Kind, block: Loose): Piece {
  const [id, url, fileName, sha256] = [block.id, block.url, block.filename, block.sha256].map(textOf);
  const one: MessageMedia = {
    contentType: textOf(block.mime_type) ?? "application/octet-stream",
    ...(id ? { vendorMediaId: id } : {}),
    ...(url && !id ? { url } : {}),
    ...(fileName ? { fileName } : {}),
    ...(sha256 ? { sha256 } : {}),
  };
  return { kind, text: textOf(block.caption) ?? "", media: id || url ? [one] : [] };
}

function readInteractive(block: Loose): Piece {
  const type = textOf(block.type) ?? "";
  const reply = looseOf(block[type]);
  const [title, id] = [textOf(reply.title), textOf(reply.id)];
  if (type === "button_reply") return tapped("button", title, id);
  if (type === "list_reply") {
    const description = textOf(reply.description);
    const piece = tapped("list_choice", title, id);
    return description ? { ...piece, payload: { ...piece.payload, description } } : piece;
  }
  // A form that was filled in, an answer about calls, or what comes next: its words are for staff to read.
  const response = textOf(reply.response_json) ?? textOf(reply.response);
  return {
    kind: "unsupported",
    text: "",
    payload: { vendorType: type, ...(response ? { response } : {}) },
    wantsAnswer: type !== "call_permission_reply",
  };
}

const tapped = (kind: Kind, title = "", replyId?: string): Piece => ({
  ...{ kind, text: title },
  payload: replyId ? { replyId } : {},
});

function placeOf(block: Loose): MessagePayload {
  const [latitude, longitude] = [Number(textOf(block.latitude)), Number(textOf(block.longitude))];
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return {};
  const [name, address] = [textOf(block.name), textOf(block.address)];
  return { place: { latitude, longitude, ...(name ? { name } : {}), ...(address ? { address } : {}) } };
}

const cardsOf = (cards: unknown): NonNullable<MessagePayload["contacts"]> =>
  listOf(cards).map((card) => {
    const name = looseOf(looseOf(card).name);
    const phones = listOf(looseOf(card).phones).flatMap((phone) => textOf(looseOf(phone).phone) ?? []);
    return { name: textOf(name.formatted_name) ?? textOf(name.first_name) ?? "", phones };
  });

const itemsOf = (block: Loose): NonNullable<MessagePayload["items"]> =>
  listOf(block.product_items).map((item) => {
    const { product_retailer_id: name, quantity } = looseOf(item);
    return { name: textOf(name) ?? "", quantity: Number(textOf(quantity)) || 1 };
  });

function contextOf(context: Loose): MessagePayload {
  const about = textOf(context.id);
  const isForwarded = context.forwarded === true || context.frequently_forwarded === true;
  return { ...(about ? { about } : {}), ...(isForwarded ? { isForwarded } : {}) };
}

/** Facts beside the words: the advertisement that led here, what Meta couldn't do, whether a sticker moves. */
function flagsOf(part: Loose, vendorType: string): Record<string, string> {
  const { referral, errors } = part;
  const ad = isLoose(referral) ? (textOf(referral.headline) ?? textOf(referral.source_id) ?? "?") : undefined;
  const codes = listOf(errors).flatMap((error) => textOf(looseOf(error).code) ?? []);
  return {
    ...(ad ? { fromAd: ad } : {}),
    ...(codes.length > 0 ? { errorCodes: codes.join(",") } : {}),
    ...(looseOf(part[vendorType]).animated === true ? { isAnimated: "true" } : {}),
  };
}
