import { route } from "@/lib/http/route";
import { csvResponse } from "@/lib/http/stream";
import { exportPatients } from "@/lib/patients/export";
import { ExportPatients } from "@/lib/patients/schema";

export const GET = route.clinic({
  can: "patient.export",
  query: ExportPatients,
  handler: async ({ ctx, query }) => {
    const exported = await exportPatients(ctx, query);
    return exported.ok ? csvResponse(exported.data, `patients-${ctx.clinic.slug}`, ctx.requestId) : exported;
  },
});
