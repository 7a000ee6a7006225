import { route } from "@/lib/http/route";
import { retire } from "@/lib/scheduling/set-up/retire";
import { IdPath, RetireBody } from "@/lib/scheduling/set-up/schema";

export const POST = route.clinic({
  can: "provider.write",
  params: IdPath,
  body: RetireBody,
  handler: ({ ctx, params, body }) => retire(ctx, "operatory", params.id, body),
});
