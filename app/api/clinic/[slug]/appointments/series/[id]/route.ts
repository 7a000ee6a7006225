import { route } from "@/lib/http/route";
import { IdPath } from "@/lib/scheduling/schema";
import { getSeries } from "@/lib/scheduling/series/get-series";

export const GET = route.clinic({
  can: "appointment.read",
  params: IdPath,
  handler: ({ ctx, params }) => getSeries(ctx, params),
});
