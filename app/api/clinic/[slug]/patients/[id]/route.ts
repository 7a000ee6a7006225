import { z } from "zod";
import { route } from "@/lib/http/route";
import { getPatient } from "@/lib/patients/get";

export const GET = route.clinic({
  can: "patient.read",
  params: z.object({ id: z.string() }),
  handler: ({ ctx, params }) => getPatient(ctx, params.id),
});
