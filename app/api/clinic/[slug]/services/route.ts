import { route } from "@/lib/http/route";
import { listServices } from "@/lib/scheduling/list-services";
import { ListServices } from "@/lib/scheduling/schema";

export const GET = route.clinic({
  can: "service.read",
  query: ListServices,
  handler: ({ ctx, query }) => listServices(ctx, query),
});
