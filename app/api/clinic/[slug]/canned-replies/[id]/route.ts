import { route } from "@/lib/http/route";
import { changeCannedReply, removeCannedReply } from "@/lib/messaging/canned-replies/save";
import { Id, SaveCannedReply } from "@/lib/messaging/schema";

export const PUT = route.clinic({
  can: "conversation.reply",
  params: Id,
  body: SaveCannedReply,
  handler: ({ ctx, params, body }) => changeCannedReply(ctx, params.id, body),
});

export const DELETE = route.clinic({
  can: "conversation.reply",
  params: Id,
  handler: ({ ctx, params }) => removeCannedReply(ctx, params.id),
});
