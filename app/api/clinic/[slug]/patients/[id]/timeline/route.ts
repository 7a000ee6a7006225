import { route } from "@/lib/http/route";
import { ListTimeline, PatientPath } from "@/lib/patients/schema";
import { listTimeline } from "@/lib/patients/timeline/list";

export const GET = route.clinic({
  can: "patient.read",
  params: PatientPath,
  query: ListTimeline,
  handler: ({ ctx, params, query }) => listTimeline(ctx, params.id, query),
});
