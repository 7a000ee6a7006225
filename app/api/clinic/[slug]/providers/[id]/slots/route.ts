import { route } from "@/lib/http/route";
import { listProviderSlots } from "@/lib/scheduling/list-provider-slots";
import { ListSlots, IdPath } from "@/lib/scheduling/schema";

export const GET = route.clinic({
  can: "appointment.read",
  params: IdPath,
  query: ListSlots,
  handler: ({ ctx, params, query }) => listProviderSlots(ctx, params.id, query),
});
