import { route } from "@/lib/http/route";
import { previewSeries } from "@/lib/scheduling/series/preview-series";
import { BookSeries } from "@/lib/scheduling/series/schema";

/** The dry run of `POST …/appointments/series`. */
export const POST = route.clinic({
  can: "appointment.write",
  body: BookSeries,
  handler: ({ ctx, body }) => previewSeries(ctx, body),
});
