import { z } from "zod";

/** What an entry of a feed says besides its time. */
export const FEED_SHOWS = ["busy", "service", "initials"] as const;
export type FeedShows = (typeof FEED_SHOWS)[number];

/** `POST …/providers/{id}/feed`: a new address; the old one stops working. */
export const OpenFeed = z.object({ shows: z.enum(FEED_SHOWS).default("service") });
export type OpenFeed = z.output<typeof OpenFeed>;
/** `PATCH …/providers/{id}/feed`: the address stays. */
export const ChangeFeed = z.object({ shows: z.enum(FEED_SHOWS) });
export type ChangeFeed = z.output<typeof ChangeFeed>;

/** A feed as it stands; its address is shown once, by the answer that makes it. */
export const FeedState = z.object({
  is_open: z.boolean(),
  shows: z.enum(FEED_SHOWS),
  created_at: z.string().nullable(),
  last_read_at: z.string().nullable(),
});
export type FeedState = z.infer<typeof FeedState>;
export const OpenedFeed = FeedState.extend({ url: z.string() });
