import { inngest } from "@/inngest/client";
import { clearExpired as clear } from "@/lib/clinics/clear-expired";

/** Every hour: removes what is of no use after a day. Running it twice is harmless. */
export const clearExpired = inngest.createFunction(
  { id: "clinics.clear-expired", triggers: [{ cron: "17 * * * *" }], concurrency: { limit: 1 }, retries: 2 },
  ({ step }) => step.run("clear", clear),
);
