import { route } from "@/lib/http/route";
import { csvResponse } from "@/lib/http/stream";
import { exportAppointments } from "@/lib/scheduling/many/export";
import { ExportAppointments } from "@/lib/scheduling/many/schema";

export const GET = route.clinic({
  can: "appointment.export",
  query: ExportAppointments,
  handler: async ({ ctx, query }) => {
    const exported = await exportAppointments(ctx, query);
    return exported.ok ? csvResponse(exported.data, `appointments-${ctx.clinic.slug}`, ctx.requestId) : exported;
  },
});
