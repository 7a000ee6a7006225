import { z } from "zod";
import { camelKeys } from "@/lib/core/keys";
import { LOCALES } from "@/lib/core/locales";

const Limit = z.coerce.number().int().min(1).max(100).default(20);
const Cursor = z.string().max(500).optional();

export const CONVERSATION_STATUSES = ["open", "waiting", "handoff", "closed"] as const;

/**
 * What a desk looks at. `open` is everything that is neither closed nor snoozed; the others but `snoozed` and `closed`
 * are parts of it.
 */
export const VIEWS = ["open", "mine", "unassigned", "handoff", "unread", "snoozed", "closed"] as const;
export type View = (typeof VIEWS)[number];

/** Channels as people call them, whoever the vendor is. */
export const CHANNEL_GROUPS = ["sms", "whatsapp", "email", "simulator"] as const;
export type ChannelGroup = (typeof CHANNEL_GROUPS)[number];

/**
 * `GET …/conversations`: who waits urgently first, then newest first. `assignee` is `me`, `none` or a user's id; `q`
 * words of a name, a number or a message.
 */
export const ListConversations = z
  .object({
    view: z.enum(VIEWS).optional(),
    channel: z.enum(CHANNEL_GROUPS).optional(),
    status: z.enum(CONVERSATION_STATUSES).optional(),
    holder: z.enum(["bot", "staff"]).optional(),
    assignee: z.union([z.literal("me"), z.literal("none"), z.uuid()]).optional(),
    q: z.string().trim().max(100).optional(),
    cursor: Cursor,
    limit: Limit,
  })
  .transform(camelKeys);
export type ListConversations = z.output<typeof ListConversations>;

/** `GET …/messages`: of one conversation or of all of a patient's, newest first. */
export const ListMessages = z
  .object({
    conversation_id: z.uuid().optional(),
    patient_id: z.uuid().optional(),
    contact_id: z.uuid().optional(),
    cursor: Cursor,
    limit: Limit.default(50),
  })
  .refine((query) => query.conversation_id || query.patient_id || query.contact_id, {
    message: "Name a conversation_id or a patient_id.",
    path: ["conversation_id"],
  })
  .transform(camelKeys);
export type ListMessages = z.output<typeof ListMessages>;

/** Twilio takes no longer text. */
export const LONGEST_TEXT = 1600;

const Text = z.string().trim().min(1).max(LONGEST_TEXT);
/** Of a letter; channels that have none leave it out. */
const Subject = z.string().trim().min(1).max(150);
const TemplateReply = z.object({
  id: z.uuid(),
  values: z.array(z.string().trim().min(1).max(300)).max(20).default([]),
});

/**
 * `POST …/reply`: a text, or a template by its id and the values of its variables in order. `seen_message_id`: the
 * newest message that the writer has seen; a colleague's later answer is then a CONFLICT. `is_draft`: the text is the
 * bot's draft, as it was or corrected; the bot keeps the thread. `draft_id`: which draft that was; a newer one is a
 * CONFLICT.
 */
export const Reply = z
  .object({
    text: Text.optional(),
    template: TemplateReply.optional(),
    seen_message_id: z.uuid().optional(),
    is_draft: z.boolean().optional(),
    draft_id: z.uuid().optional(),
    subject: Subject.optional(),
  })
  .refine((reply) => (reply.text === undefined) !== (reply.template === undefined), {
    message: "Give a text or a template.",
    path: ["text"],
  })
  .transform(camelKeys);
export type Reply = z.output<typeof Reply>;

/** `POST …/conversations`: the first words of a new talk, or more of an open one, to an address by a kind of channel. */
export const StartConversation = z
  .object({
    contact_point_id: z.uuid(),
    channel: z.enum(["sms", "whatsapp", "email"]),
    text: Text,
    subject: Subject.optional(),
  })
  .transform(camelKeys);
export type StartConversation = z.output<typeof StartConversation>;

/** `POST …/assign`: to a member or, with null, to nobody. `expected_id`: who had it as far as the caller saw. */
export const Assign = z
  .object({ assignee_id: z.uuid().nullable(), expected_id: z.uuid().nullable().optional() })
  .transform(camelKeys);
export type Assign = z.output<typeof Assign>;

/** `POST …/snooze`: hidden until then or until the patient writes; null shows it again. */
export const Snooze = z.object({ until: z.iso.datetime({ offset: true }).nullable() }).transform(camelKeys);
export type Snooze = z.output<typeof Snooze>;

export const Reopen = z.object({ holder: z.enum(["bot", "staff"]).default("staff") }).transform(camelKeys);
export type Reopen = z.output<typeof Reopen>;

export const AddNote = z.object({ text: z.string().trim().min(1).max(4000) }).transform(camelKeys);
export type AddNote = z.output<typeof AddNote>;

/** `POST …/viewers`: the caller has the thread open, and perhaps writes; `is_leaving` takes them off the list at once. */
export const BePresent = z
  .object({ is_typing: z.boolean().default(false), is_leaving: z.boolean().default(false) })
  .transform(camelKeys);
export type BePresent = z.output<typeof BePresent>;

/** A short name is what is typed after a slash: letters of any script, digits, `-` and `_`. */
export const SaveCannedReply = z
  .object({
    shortcut: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[\p{L}\p{N}_-]{1,32}$/u),
    locale: z.enum(LOCALES),
    text: Text,
  })
  .transform(camelKeys);
export type SaveCannedReply = z.output<typeof SaveCannedReply>;

export const Id = z.object({ id: z.uuid() });
