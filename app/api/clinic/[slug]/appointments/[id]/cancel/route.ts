import { route } from "@/lib/http/route";
import { IdPath } from "@/lib/scheduling/schema";
import { cancelWithRest } from "@/lib/scheduling/series/cancel-with-rest";
import { CancelBody } from "@/lib/scheduling/steps/schema";

export const POST = route.clinic({
  can: "appointment.write",
  params: IdPath,
  body: CancelBody,
  handler: ({ ctx, params, body }) => cancelWithRest(ctx, { ...body, appointmentId: params.id }),
});
export { POST as PATCH };
