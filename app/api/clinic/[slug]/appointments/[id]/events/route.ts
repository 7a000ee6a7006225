import { route } from "@/lib/http/route";
import { listVisitEvents } from "@/lib/scheduling/list-visit-events";
import { IdPath } from "@/lib/scheduling/schema";

export const GET = route.clinic({
  can: "appointment.read",
  params: IdPath,
  handler: ({ ctx, params }) => listVisitEvents(ctx, params),
});
