import { route } from "@/lib/http/route";
import { confirmAppointment } from "@/lib/scheduling/confirm";
import { IdPath } from "@/lib/scheduling/schema";
import { NoBody } from "@/lib/scheduling/steps/schema";

export const POST = route.clinic({
  can: "appointment.write",
  params: IdPath,
  body: NoBody,
  handler: ({ ctx, params }) => confirmAppointment(ctx, { appointmentId: params.id }),
});
export { POST as PATCH };
