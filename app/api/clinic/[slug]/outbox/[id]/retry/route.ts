import { route } from "@/lib/http/route";
import { retrySend } from "@/lib/messaging/outbox/retry";
import { OutboxId } from "@/lib/messaging/outbox/schema";

export const POST = route.clinic({
  can: "conversation.reply",
  params: OutboxId,
  handler: ({ ctx, params }) => retrySend(ctx, params),
});
