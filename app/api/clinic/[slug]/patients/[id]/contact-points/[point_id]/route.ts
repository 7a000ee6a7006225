import { route } from "@/lib/http/route";
import { changeContactPoint } from "@/lib/patients/contact-points/change";
import { removeContactPoint } from "@/lib/patients/contact-points/remove";
import { ChangeContactPoint, ContactPointPath } from "@/lib/patients/schema";

export const PATCH = route.clinic({
  can: "patient.write",
  params: ContactPointPath,
  body: ChangeContactPoint,
  handler: ({ ctx, params, body }) => changeContactPoint(ctx, params, body),
});

export const DELETE = route.clinic({
  can: "patient.write",
  params: ContactPointPath,
  handler: ({ ctx, params }) => removeContactPoint(ctx, params),
});
