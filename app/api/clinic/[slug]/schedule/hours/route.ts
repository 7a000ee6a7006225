import { route } from "@/lib/http/route";
import { setWeek } from "@/lib/scheduling/set-up/change-schedule";
import { SetWeek } from "@/lib/scheduling/set-up/schema";

export const PUT = route.clinic({
  can: "schedule.write",
  body: SetWeek,
  handler: ({ ctx, body }) => setWeek(ctx, body),
});
