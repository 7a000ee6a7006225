import { route } from "@/lib/http/route";
import { assignConversation } from "@/lib/messaging/inbox/assign";
import { Assign, Id } from "@/lib/messaging/schema";

export const POST = route.clinic({
  can: "conversation.reply",
  params: Id,
  body: Assign,
  handler: ({ ctx, params, body }) => assignConversation(ctx, params.id, body),
});
