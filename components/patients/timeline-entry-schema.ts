import { z } from "zod";

const base = { id: z.string(), at: z.string() };
const name = z.string().nullable();

/** One entry of a patient's timeline on the wire. */
export const TimelineEntry = z.discriminatedUnion("kind", [
  z.object({
    ...base,
    kind: z.literal("messages"),
    conversation_id: z.string(),
    channel_kind: z.string(),
    count: z.number(),
    last: z.array(z.object({ direction: z.string(), sender: z.string(), text: z.string() })),
  }),
  z.object({
    ...base,
    kind: z.literal("visits"),
    event: z.string(),
    from: name,
    to: name,
    reason: name,
    actor_type: z.string(),
    actor: name,
    appointment_id: z.string(),
    starts_at: z.string(),
    service: z.string(),
    provider: z.string(),
  }),
  z.object({
    ...base,
    kind: z.literal("consents"),
    state: z.enum(["in", "out"]),
    how: z.string(),
    words: name,
    contact: z.string(),
    actor: name,
    /** The talk in which the words were said, where they came as a message. */
    conversation_id: name,
    what: z.array(z.string()),
  }),
  z.object({
    ...base,
    kind: z.literal("tasks"),
    reason: z.string(),
    note: name,
    done_at: name,
    done_by: name,
    conversation_id: name,
  }),
  z.object({ ...base, kind: z.literal("notes"), text: z.string(), author: name }),
  z.object({
    ...base,
    kind: z.literal("changes"),
    action: z.string(),
    changed: z.array(z.string()),
    actor_type: z.string(),
    actor: name,
    merge: z.object({ id: z.string(), kept_id: z.string(), name: z.string(), undone_at: name }).nullable(),
  }),
]);
export type TimelineEntry = z.infer<typeof TimelineEntry>;
export type EntryOf<K extends TimelineEntry["kind"]> = Extract<TimelineEntry, { kind: K }>;
