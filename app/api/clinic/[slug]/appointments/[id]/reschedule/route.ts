import { route } from "@/lib/http/route";
import { rescheduleAppointment } from "@/lib/scheduling/reschedule";
import { IdPath } from "@/lib/scheduling/schema";
import { moveWithRest } from "@/lib/scheduling/series/move-with-rest";
import { MoveBody } from "@/lib/scheduling/steps/schema";

export const POST = route.clinic({
  can: "appointment.write",
  params: IdPath,
  body: MoveBody,
  handler: ({ ctx, params, body: { carry, ...move } }) =>
    (carry ? moveWithRest : rescheduleAppointment)(ctx, { ...move, appointmentId: params.id }),
});
export { POST as PATCH };
