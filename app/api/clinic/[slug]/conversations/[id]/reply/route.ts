import { route } from "@/lib/http/route";
import { replyToConversation } from "@/lib/messaging/inbox/reply";
import { Id, Reply } from "@/lib/messaging/schema";

export const POST = route.clinic({
  can: "conversation.replyFromTemplate", // in words of one's own only who may reply: the verb asks
  params: Id,
  body: Reply,
  status: 201,
  handler: ({ ctx, params, body }) => replyToConversation(ctx, params.id, body),
});
