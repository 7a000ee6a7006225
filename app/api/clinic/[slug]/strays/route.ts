import { route } from "@/lib/http/route";
import { listStrays } from "@/lib/messaging/strays/list";
import { ListStrays } from "@/lib/messaging/strays/schema";

export const GET = route.clinic({
  can: "channel.write",
  query: ListStrays,
  handler: ({ ctx, query }) => listStrays(ctx, query),
});
