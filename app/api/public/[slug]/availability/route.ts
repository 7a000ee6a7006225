import { route } from "@/lib/http/route";
import { listPublicAvailability } from "@/lib/scheduling/list-public-availability";
import { ListAvailability } from "@/lib/scheduling/schema";

export const GET = route.public({
  query: ListAvailability,
  handler: ({ ctx, query }) => listPublicAvailability(ctx, query),
});
