import { route } from "@/lib/http/route";
import { rescheduleAppointment } from "@/lib/scheduling/reschedule";
import { MoveBody, IdPath } from "@/lib/scheduling/schema";

export const POST = route.clinic({
  can: "appointment.write",
  params: IdPath,
  body: MoveBody,
  handler: ({ ctx, params, body }) => rescheduleAppointment(ctx, { ...body, appointmentId: params.id }),
});
export { POST as PATCH };
