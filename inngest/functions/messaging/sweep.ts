import { inngest } from "@/inngest/client";
import { ringForDueWork } from "@/lib/messaging/sweep";
import { wakeDue } from "@/lib/messaging/inbox/wake-snoozed";

const ROUNDS = 6;

/** Every ten seconds: rings again for whatever the tables say is due, because a doorbell may be lost. Every minute: shows again what was snoozed. */
export const sweep = inngest.createFunction(
  { id: "messaging.sweep", triggers: [{ cron: "* * * * *" }], concurrency: { limit: 1 }, retries: 1 },
  async ({ step }) => {
    await step.run("wake", () => wakeDue());
    for (let round = 1; round <= ROUNDS; round++) {
      await step.run(`ring ${round}`, ringForDueWork);
      if (round < ROUNDS) await step.sleep(`rest ${round}`, "10s");
    }
  },
);
