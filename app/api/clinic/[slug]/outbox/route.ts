import { route } from "@/lib/http/route";
import { listOutbox } from "@/lib/messaging/outbox/list";
import { ListOutbox } from "@/lib/messaging/outbox/schema";

export const GET = route.clinic({
  can: "conversation.read",
  query: ListOutbox,
  handler: ({ ctx, query }) => listOutbox(ctx, query),
});
