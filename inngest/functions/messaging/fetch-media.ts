import { inngest } from "@/inngest/client";
import { mediaDue } from "@/inngest/events";
import { fetchDueMedia } from "@/lib/messaging/media/fetch-due";

/** Fetches the attachments of a clinic that wait. Running it twice is harmless: each is fetched under a lease. */
export const fetchMedia = inngest.createFunction(
  {
    id: "messaging.fetch-media",
    triggers: [mediaDue],
    concurrency: { key: "event.data.clinicId", limit: 1 },
    retries: 3,
  },
  ({ event, step }) => step.run("fetch", () => fetchDueMedia(event.data.clinicId)),
);
