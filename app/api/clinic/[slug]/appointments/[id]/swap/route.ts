import { route } from "@/lib/http/route";
import { IdPath } from "@/lib/scheduling/schema";
import { SwapBody } from "@/lib/scheduling/steps/schema";
import { swapVisits } from "@/lib/scheduling/swap";

export const POST = route.clinic({
  can: "appointment.write",
  params: IdPath,
  body: SwapBody,
  handler: ({ ctx, params, body }) => swapVisits(ctx, { appointmentId: params.id, withId: body.with }),
});
export { POST as PATCH };
