import { route } from "@/lib/http/route";
import { restore } from "@/lib/scheduling/set-up/retire";
import { IdPath } from "@/lib/scheduling/set-up/schema";

export const POST = route.clinic({
  can: "provider.write",
  params: IdPath,
  handler: ({ ctx, params }) => restore(ctx, "operatory", params.id),
});
