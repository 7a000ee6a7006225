import { route } from "@/lib/http/route";
import { BePresent, Id } from "@/lib/messaging/schema";
import { bePresent, listViewers } from "@/lib/messaging/inbox/viewers";

export const GET = route.clinic({
  can: "conversation.read",
  params: Id,
  handler: ({ ctx, params }) => listViewers(ctx, params.id),
});

export const POST = route.clinic({
  can: "conversation.read",
  params: Id,
  body: BePresent,
  handler: ({ ctx, params, body }) => bePresent(ctx, params.id, body),
});
