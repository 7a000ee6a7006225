import { route } from "@/lib/http/route";
import { Id } from "@/lib/messaging/schema";
import { checkChannel } from "@/lib/messaging/set-up/check-channel";

export const POST = route.clinic({
  can: "channel.write",
  params: Id,
  handler: ({ ctx, params }) => checkChannel(ctx, params.id),
});
