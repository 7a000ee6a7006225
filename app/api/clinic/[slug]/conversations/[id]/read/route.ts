import { route } from "@/lib/http/route";
import { markRead } from "@/lib/messaging/inbox/mark-read";
import { Id } from "@/lib/messaging/schema";

export const POST = route.clinic({
  can: "conversation.reply",
  params: Id,
  handler: ({ ctx, params }) => markRead(ctx, params.id),
});
