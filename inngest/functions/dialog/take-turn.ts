import { inngest } from "@/inngest/client";
import { turnDue } from "@/inngest/events";
import { systemContext } from "@/lib/clinics/mint";
import { takeTurnWhenDue } from "@/lib/dialog/take-turn-when-due";

const ID = "dialog.take-turn";

/**
 * Answers a patient. One run at a time for a conversation; running it twice is harmless: the lease and the table of
 * unanswered messages decide. What is left over, the sweep rings for again.
 */
export const takeTurn = inngest.createFunction(
  {
    id: ID,
    triggers: [turnDue],
    concurrency: { key: "event.data.conversationId", limit: 1 },
    retries: 3,
  },
  async ({ event, step }) => {
    const { clinicId, conversationId } = event.data;
    return step.run("turn", async () => takeTurnWhenDue(await systemContext(clinicId, ID), conversationId));
  },
);
