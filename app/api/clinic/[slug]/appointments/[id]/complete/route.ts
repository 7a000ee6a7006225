import { route } from "@/lib/http/route";
import { completeAppointment } from "@/lib/scheduling/complete";
import { IdPath } from "@/lib/scheduling/schema";
import { CompleteBody } from "@/lib/scheduling/steps/schema";

export const POST = route.clinic({
  can: "appointment.write",
  params: IdPath,
  body: CompleteBody,
  handler: ({ ctx, params, body }) => completeAppointment(ctx, { ...body, appointmentId: params.id }),
});
export { POST as PATCH };
