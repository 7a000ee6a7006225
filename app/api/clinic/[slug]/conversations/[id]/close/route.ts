import { route } from "@/lib/http/route";
import { closeConversation } from "@/lib/messaging/inbox/close";
import { Id } from "@/lib/messaging/schema";

export const POST = route.clinic({
  can: "conversation.reply",
  params: Id,
  handler: ({ ctx, params }) => closeConversation(ctx, params.id),
});
