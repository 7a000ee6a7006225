import { route } from "@/lib/http/route";
import { listAvailability } from "@/lib/scheduling/list-availability";
import { ListAvailability } from "@/lib/scheduling/schema";

export const GET = route.clinic({
  can: "availability.read",
  query: ListAvailability,
  handler: ({ ctx, query }) => listAvailability(ctx, query),
});
