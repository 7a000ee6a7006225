import { route } from "@/lib/http/route";
import { ListPatients } from "@/lib/patients/schema";
import { listPatients } from "@/lib/patients/search";

export const GET = route.clinic({
  can: "patient.read",
  query: ListPatients,
  handler: ({ ctx, query }) => listPatients(ctx, query),
});
