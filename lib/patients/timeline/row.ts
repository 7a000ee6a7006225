import { z } from "zod";
import { CONTACT_KINDS } from "../schema";

const base = { at: z.string(), key: z.string() };
const name = z.string().nullable();

/** An entry as the database answers it; `data` is its source's (sources.ts). */
export const TimelineRow = z.discriminatedUnion("kind", [
  z.object({
    ...base,
    kind: z.literal("messages"),
    data: z.object({
      conversation_id: z.string(),
      channel_kind: z.string(),
      day: z.string(),
      count: z.number(),
      inbound: z.number(),
      last: z.array(z.object({ direction: z.string(), sender: z.string(), status: z.string(), text: z.string() })),
    }),
  }),
  z.object({
    ...base,
    kind: z.literal("visits"),
    data: z.object({
      event: z.string(),
      from: name,
      to: name,
      reason: name,
      actor_type: z.string(),
      actor: name,
      created_from: z.string(),
      appointment_id: z.string(),
      starts_at: z.string(),
      status: z.string(),
      confirmation: z.string(),
      service: z.record(z.string(), z.string()),
      provider: z.string(),
    }),
  }),
  z.object({
    ...base,
    kind: z.literal("consents"),
    data: z.object({
      state: z.string(),
      how: z.string(),
      words: name,
      contact_kind: z.enum(CONTACT_KINDS),
      contact: z.string(),
      actor: name,
      message_id: name,
      conversation_id: name,
      what: z.array(z.string()),
    }),
  }),
  z.object({
    ...base,
    kind: z.literal("tasks"),
    data: z.object({
      reason: z.string(),
      note: name,
      due_at: name,
      done_at: name,
      done_by: name,
      conversation_id: name,
    }),
  }),
  z.object({
    ...base,
    kind: z.literal("notes"),
    data: z.object({ text: z.string(), author: name, conversation_id: name }),
  }),
  z.object({
    ...base,
    kind: z.literal("changes"),
    data: z.object({
      action: z.string(),
      changed: z.array(z.string()),
      actor_type: z.string(),
      actor: name,
      merge: z.object({ id: z.string(), kept_id: z.string(), name: z.string(), undone_at: name }).optional(),
    }),
  }),
]);
export type TimelineRow = z.infer<typeof TimelineRow>;
