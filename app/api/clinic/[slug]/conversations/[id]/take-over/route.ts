import { route } from "@/lib/http/route";
import { takeOver } from "@/lib/messaging/inbox/take-over";
import { Id } from "@/lib/messaging/schema";

export const POST = route.clinic({
  can: "conversation.reply",
  params: Id,
  handler: ({ ctx, params }) => takeOver(ctx, params.id),
});
