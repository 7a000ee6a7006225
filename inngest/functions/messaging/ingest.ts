import { inngest } from "@/inngest/client";
import { webhookReceived } from "@/inngest/events";
import { ingestPending } from "@/lib/messaging/ingest/ingest";

/** Reads the vendors' raw events into threads. Running it twice at once is harmless: an event is read once. */
export const ingest = inngest.createFunction(
  { id: "messaging.ingest", triggers: [webhookReceived], concurrency: { limit: 2 }, retries: 3 },
  ({ step }) => step.run("ingest", () => ingestPending()),
);
