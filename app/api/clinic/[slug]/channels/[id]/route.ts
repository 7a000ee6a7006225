import { route } from "@/lib/http/route";
import { Id } from "@/lib/messaging/schema";
import { UpdateChannel } from "@/lib/messaging/set-up/schema";
import { updateChannel } from "@/lib/messaging/set-up/update-channel";

export const PATCH = route.clinic({
  can: "channel.write",
  params: Id,
  body: UpdateChannel,
  handler: ({ ctx, params, body }) => updateChannel(ctx, params.id, body),
});
