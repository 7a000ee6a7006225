import { route } from "@/lib/http/route";
import { restore } from "@/lib/scheduling/set-up/retire";
import { IdPath } from "@/lib/scheduling/set-up/schema";

export const POST = route.clinic({
  can: "service.write",
  params: IdPath,
  handler: ({ ctx, params }) => restore(ctx, "service", params.id),
});
