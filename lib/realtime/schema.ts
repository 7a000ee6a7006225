import { z } from "zod";

/** What a live screen may be told of; each invalidates its own queries in the browser. */
export const TOPICS = [
  "conversation",
  "message",
  "appointment",
  "patient",
  "task",
  "channel",
  "viewer",
  "notification",
  "schedule",
  "waitlist",
] as const;
export type Topic = (typeof TOPICS)[number];

export const LiveChange = z.object({ id: z.string(), topic: z.enum(TOPICS), entity_id: z.string().nullable() });
export type LiveChange = z.infer<typeof LiveChange>;

/** `since`: the place in the feed as of which the caller has read its data; a stream that comes again says it by header. */
export const StreamEvents = z.object({ since: z.string().max(60).optional() });
