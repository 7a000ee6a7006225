import { route } from "@/lib/http/route";
import { listConsents } from "@/lib/messaging/consents/list";
import { PatientId, SetConsent } from "@/lib/messaging/consents/schema";
import { setConsent } from "@/lib/messaging/consents/set";

export const GET = route.clinic({
  can: "patient.read",
  params: PatientId,
  handler: ({ ctx, params }) => listConsents(ctx, params),
});

export const POST = route.clinic({
  can: "patient.write",
  params: PatientId,
  body: SetConsent,
  status: 201,
  handler: ({ ctx, params, body }) => setConsent(ctx, params.id, body),
});
