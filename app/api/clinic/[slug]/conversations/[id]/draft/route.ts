import { route } from "@/lib/http/route";
import { discardDraft } from "@/lib/messaging/inbox/drafts";
import { Id } from "@/lib/messaging/schema";

export const DELETE = route.clinic({
  can: "conversation.reply",
  params: Id,
  handler: ({ ctx, params }) => discardDraft(ctx, params.id),
});
