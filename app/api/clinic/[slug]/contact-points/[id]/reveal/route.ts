import { route } from "@/lib/http/route";
import { revealContactPoint } from "@/lib/patients/contact-points/reveal";
import { ContactPointId, RevealContactPoint } from "@/lib/patients/schema";

export const POST = route.clinic({
  can: "phone.revealWithReason",
  params: ContactPointId,
  body: RevealContactPoint,
  handler: ({ ctx, params, body }) => revealContactPoint(ctx, params.id, body),
});
