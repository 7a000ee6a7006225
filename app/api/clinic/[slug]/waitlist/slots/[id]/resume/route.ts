import { route } from "@/lib/http/route";
import { resumeSlot } from "@/lib/waitlist/stop-slot";
import { IdPath } from "@/lib/waitlist/schema";

export const POST = route.clinic({
  can: "waitlist.write",
  params: IdPath,
  handler: ({ ctx, params }) => resumeSlot(ctx, params.id),
});
