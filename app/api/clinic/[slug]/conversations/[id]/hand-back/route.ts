import { route } from "@/lib/http/route";
import { handBack } from "@/lib/messaging/inbox/hand-back";
import { Id } from "@/lib/messaging/schema";

export const POST = route.clinic({
  can: "conversation.reply",
  params: Id,
  handler: ({ ctx, params }) => handBack(ctx, params.id),
});
