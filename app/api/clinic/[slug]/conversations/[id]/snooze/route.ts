import { route } from "@/lib/http/route";
import { snoozeConversation } from "@/lib/messaging/inbox/snooze";
import { Id, Snooze } from "@/lib/messaging/schema";

export const POST = route.clinic({
  can: "conversation.reply",
  params: Id,
  body: Snooze,
  handler: ({ ctx, params, body }) => snoozeConversation(ctx, params.id, body),
});
