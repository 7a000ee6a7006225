import { route } from "@/lib/http/route";
import { retryStray } from "@/lib/messaging/strays/retry";
import { StrayId } from "@/lib/messaging/strays/schema";

export const POST = route.clinic({
  can: "channel.write",
  params: StrayId,
  handler: ({ ctx, params }) => retryStray(ctx, params),
});
