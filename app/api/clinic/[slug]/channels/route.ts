import { route } from "@/lib/http/route";
import { listChannels } from "@/lib/messaging/list-channels";
import { addChannel } from "@/lib/messaging/set-up/add-channel";
import { AddChannel } from "@/lib/messaging/set-up/schema";

export const GET = route.clinic({
  can: "channel.read",
  handler: ({ ctx }) => listChannels(ctx),
});

export const POST = route.clinic({
  can: "channel.write",
  body: AddChannel,
  status: 201,
  handler: ({ ctx, body }) => addChannel(ctx, body),
});
