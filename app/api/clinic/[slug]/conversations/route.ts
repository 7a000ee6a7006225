import { route } from "@/lib/http/route";
import { listConversations } from "@/lib/messaging/list-conversations";
import { ListConversations } from "@/lib/messaging/schema";

export const GET = route.clinic({
  can: "conversation.read",
  query: ListConversations,
  handler: ({ ctx, query }) => listConversations(ctx, query),
});
