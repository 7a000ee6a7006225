import { route } from "@/lib/http/route";
import { getConversation } from "@/lib/messaging/inbox/get-conversation";
import { Id } from "@/lib/messaging/schema";

export const GET = route.clinic({
  can: "conversation.read",
  params: Id,
  handler: ({ ctx, params }) => getConversation(ctx, params.id),
});
