import { route } from "@/lib/http/route";
import { runningLate } from "@/lib/scheduling/running-late";
import { IdPath } from "@/lib/scheduling/schema";
import { LateBody } from "@/lib/scheduling/steps/schema";

export const POST = route.clinic({
  can: "appointment.write",
  params: IdPath,
  body: LateBody,
  handler: ({ ctx, params, body }) => runningLate(ctx, { ...body, appointmentId: params.id }),
});
export { POST as PATCH };
