import { z } from "zod";
import type { SeenEvent } from "./check";

const Payload = z
  .looseObject({
    replyId: z.string().optional(),
    about: z.string().optional(),
    emoji: z.string().optional(),
    place: z.unknown().optional(),
    description: z.string().optional(),
    response: z.string().optional(),
    vendorType: z.string().optional(),
    isVoice: z.boolean().optional(),
    isForwarded: z.boolean().optional(),
    contacts: z.array(z.object({ name: z.string() })).optional(),
    items: z.array(z.unknown()).optional(),
  })
  .catch({});
const Medium = z.looseObject({
  url: z.string().optional(),
  vendorMediaId: z.string().optional(),
  contentType: z.string(),
  fileName: z.string().optional(),
});
const Message = z.object({
  kind: z.string().catch(""),
  payload: Payload,
  media: z.array(Medium).catch([]),
  flags: z.record(z.string(), z.string()).catch({}),
  identity: z.array(z.object({ value: z.string() })).catch([]),
});

/** Meta's words for what is one kind here. */
const KINDS_OF: Record<string, string[]> = { interactive: ["button", "list_choice", "unsupported"] };
const INTERACTIVE: Record<string, string> = { button_reply: "button", list_reply: "list_choice" };

/**
 * How a fact of the format is found in an event that the product has kept; undefined where there is no check for it. A
 * number is the same with and without its plus.
 */
export function factOf(
  name: string,
  wanted: unknown,
  { facts }: SeenEvent,
): { found: unknown; wanted: unknown } | undefined {
  const same = (found: unknown) => ({ found: found ?? null, wanted });
  const { kind, payload, media, flags, identity } = Message.parse(facts);
  switch (name) {
    case "from":
    case "to":
      return { found: bare(facts[name]), wanted: bare(wanted) };
    case "type": {
      if (facts.type !== undefined) return same(facts.type);
      const isOf = KINDS_OF[String(wanted)]?.includes(kind) ?? (kind === wanted || payload.vendorType === wanted);
      return same(isOf ? wanted : kind);
    }
    case "interactive_type":
      return same(INTERACTIVE[String(wanted)] === kind ? wanted : payload.vendorType);
    case "media":
      return Array.isArray(wanted) ? mediaList(wanted, media) : medium(wanted, media, payload.isVoice, flags);
    case "reply_id":
    case "button_payload":
      return same(payload.replyId);
    case "reaction":
      return same({ to: payload.about, emoji: payload.emoji || null });
    case "in_reply_to":
      return same(payload.about);
    case "location":
      return same(payload.place);
    case "contact_names":
      return same(payload.contacts?.map((card) => card.name));
    case "order_items":
      return same(payload.items?.length);
    case "description":
      return same(payload.description);
    case "response":
    case "response_json":
      return same(payload.response);
    case "forwarded":
      return same(payload.isForwarded);
    case "from_ad":
      return same(flags.fromAd !== undefined);
    case "profile_name":
      return same(flags.profileName);
    case "username":
      return same(flags.username);
    case "parent_user_id":
      return same(flags.parentUserId);
    case "opt_out_type":
      return same(flags.optOutType);
    case "error_codes": {
      const codes = facts.error_codes ?? flags.errorCodes?.split(",");
      return { found: codes, wanted: Array.isArray(wanted) ? wanted.map(String) : wanted };
    }
    case "system":
      return system(
        wanted,
        identity.map(({ value }) => value),
      );
    default:
      return name in facts ? same(facts[name]) : wanted === null ? same(null) : undefined;
  }
}

const bare = (address: unknown) => (typeof address === "string" ? address.replace(/^\+/, "") : (address ?? null));

type Media = z.infer<typeof Medium>[];

/** A medium whose type the carrier doesn't tell is kept as bytes of any kind. */
const mediaList = (wanted: unknown[], media: Media) => ({
  wanted: z
    .array(z.looseObject({ url: z.string(), mime_type: z.string().nullish() }))
    .parse(wanted)
    .map((one) => [one.url, one.mime_type ?? "application/octet-stream"]),
  found: media.map(({ url, contentType }) => [url, contentType]),
});

function medium(wanted: unknown, [first]: Media, isVoice: boolean | undefined, flags: Record<string, string>) {
  const found = first && {
    ...{ id: first.vendorMediaId, mime_type: first.contentType, filename: first.fileName },
    ...{ voice: isVoice, animated: flags.isAnimated === "true" ? true : undefined },
  };
  const names = Object.keys(z.record(z.string(), z.unknown()).parse(wanted));
  return { wanted, found: found && Object.fromEntries(Object.entries(found).filter(([name]) => names.includes(name))) };
}

/** Every address that a system message names is among those that the product takes for one person's. */
function system(wanted: unknown, known: string[]) {
  const { type: _, ...addresses } = z.record(z.string(), z.string()).parse(wanted);
  const missing = Object.values(addresses).filter((one) => !known.some((value) => bare(value) === bare(one)));
  return { found: missing, wanted: [] };
}
