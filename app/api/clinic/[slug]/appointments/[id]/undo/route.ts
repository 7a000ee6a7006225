import { route } from "@/lib/http/route";
import { undoStep } from "@/lib/scheduling/undo";
import { IdPath } from "@/lib/scheduling/schema";
import { UndoBody } from "@/lib/scheduling/steps/schema";

export const POST = route.clinic({
  can: "appointment.write",
  params: IdPath,
  body: UndoBody,
  handler: ({ ctx, params, body }) => undoStep(ctx, { ...body, appointmentId: params.id }),
});
export { POST as PATCH };
