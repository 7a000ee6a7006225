import { route } from "@/lib/http/route";
import { listMessages } from "@/lib/messaging/inbox/list-messages";
import { ListMessages } from "@/lib/messaging/schema";

export const GET = route.clinic({
  can: "conversation.read",
  query: ListMessages,
  handler: ({ ctx, query }) => listMessages(ctx, query),
});
