import { z } from "zod";
import { camelKeys } from "@/lib/core/keys";

const Limit = z.coerce.number().int().min(1).max(100).default(20);
const Cursor = z.string().max(500).optional();

export const CONVERSATION_STATUSES = ["open", "waiting", "handoff", "closed"] as const;

/** `GET …/conversations`: newest first. `assignee` is `me`, `none` or a user's id; `q` a part of a name or number. */
export const ListConversations = z
  .object({
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

export const Reply = z.object({ text: z.string().trim().min(1).max(LONGEST_TEXT) }).transform(camelKeys);
export type Reply = z.output<typeof Reply>;

export const Id = z.object({ id: z.uuid() });
