import { route } from "@/lib/http/route";
import { reopenConversation } from "@/lib/messaging/inbox/reopen";
import { Id, Reopen } from "@/lib/messaging/schema";

export const POST = route.clinic({
  can: "conversation.reply",
  params: Id,
  body: Reopen,
  handler: ({ ctx, params, body }) => reopenConversation(ctx, params.id, body),
});
