import { route } from "@/lib/http/route";
import { listProviders } from "@/lib/scheduling/list-providers";
import { ListProviders } from "@/lib/scheduling/schema";

export const GET = route.clinic({
  can: "provider.read",
  query: ListProviders,
  handler: ({ ctx, query }) => listProviders(ctx, query),
});
