import { streamOf } from "@/lib/http/stream";
import { route } from "@/lib/http/route";
import { exportPatients } from "@/lib/patients/export";
import { ExportPatients } from "@/lib/patients/schema";

export const GET = route.clinic({
  can: "patient.export",
  query: ExportPatients,
  handler: async ({ ctx, query }) => {
    const exported = await exportPatients(ctx, query);
    if (!exported.ok) return exported;
    const body = streamOf(exported.data);
    return new Response(body, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="patients-${ctx.clinic.slug}.csv"`,
        "cache-control": "no-store",
        "x-request-id": ctx.requestId,
      },
    });
  },
});
