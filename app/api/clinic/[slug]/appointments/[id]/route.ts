import { route } from "@/lib/http/route";
import { editNote } from "@/lib/scheduling/edit-note";
import { getAppointment } from "@/lib/scheduling/get-appointment";
import { IdPath } from "@/lib/scheduling/schema";
import { cancelWithRest } from "@/lib/scheduling/series/cancel-with-rest";
import { CancelBody, EditBody } from "@/lib/scheduling/steps/schema";

export const GET = route.clinic({
  can: "appointment.read",
  params: IdPath,
  handler: ({ ctx, params }) => getAppointment(ctx, params),
});

export const PATCH = route.clinic({
  can: "appointment.write",
  params: IdPath,
  body: EditBody,
  handler: ({ ctx, params, body }) => editNote(ctx, { ...body, appointmentId: params.id }),
});

export const DELETE = route.clinic({
  can: "appointment.write",
  params: IdPath,
  body: CancelBody,
  handler: ({ ctx, params, body }) => cancelWithRest(ctx, { ...body, appointmentId: params.id }),
});
