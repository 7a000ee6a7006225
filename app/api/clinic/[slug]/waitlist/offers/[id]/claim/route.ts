import { route } from "@/lib/http/route";
import { claimFor } from "@/lib/waitlist/claim-for";
import { IdPath } from "@/lib/waitlist/schema";

export const POST = route.clinic({
  can: "waitlist.write",
  params: IdPath,
  handler: ({ ctx, params }) => claimFor(ctx, params.id),
});
