import { route } from "@/lib/http/route";
import { previewSchedule } from "@/lib/scheduling/set-up/preview";
import { PreviewSchedule } from "@/lib/scheduling/set-up/schema";

export const POST = route.clinic({
  can: "schedule.read",
  body: PreviewSchedule,
  handler: ({ ctx, body }) => previewSchedule(ctx, body),
});
