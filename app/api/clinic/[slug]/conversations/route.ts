import { route } from "@/lib/http/route";
import { listConversations } from "@/lib/messaging/inbox/list-conversations";
import { ListConversations, StartConversation } from "@/lib/messaging/schema";
import { startConversation } from "@/lib/messaging/inbox/start-conversation";

export const GET = route.clinic({
  can: "conversation.read",
  query: ListConversations,
  handler: ({ ctx, query }) => listConversations(ctx, query),
});

export const POST = route.clinic({
  can: "conversation.reply",
  body: StartConversation,
  status: 201,
  handler: ({ ctx, body }) => startConversation(ctx, body),
});
