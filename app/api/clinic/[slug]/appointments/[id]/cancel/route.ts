import { route } from "@/lib/http/route";
import { cancelAppointment } from "@/lib/scheduling/cancel";
import { CancelBody, IdPath } from "@/lib/scheduling/schema";

export const POST = route.clinic({
  can: "appointment.write",
  params: IdPath,
  body: CancelBody,
  handler: ({ ctx, params, body }) => cancelAppointment(ctx, { ...body, appointmentId: params.id }),
});
export { POST as PATCH };
