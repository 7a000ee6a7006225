import { route } from "@/lib/http/route";
import { listChannels } from "@/lib/messaging/list-channels";

export const GET = route.clinic({
  can: "channel.read",
  handler: ({ ctx }) => listChannels(ctx),
});
