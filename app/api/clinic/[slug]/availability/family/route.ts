import { route } from "@/lib/http/route";
import { findFamilyStarts } from "@/lib/scheduling/family/find-family-starts";
import { FindFamilyStarts } from "@/lib/scheduling/family/schema";

export const GET = route.clinic({
  can: "availability.read",
  query: FindFamilyStarts,
  handler: ({ ctx, query }) => findFamilyStarts(ctx, query),
});
