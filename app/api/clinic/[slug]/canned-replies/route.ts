import { route } from "@/lib/http/route";
import { listCannedReplies } from "@/lib/messaging/canned-replies/list";
import { addCannedReply } from "@/lib/messaging/canned-replies/save";
import { SaveCannedReply } from "@/lib/messaging/schema";

export const GET = route.clinic({ can: "conversation.read", handler: ({ ctx }) => listCannedReplies(ctx) });

export const POST = route.clinic({
  can: "conversation.reply",
  body: SaveCannedReply,
  status: 201,
  handler: ({ ctx, body }) => addCannedReply(ctx, body),
});
