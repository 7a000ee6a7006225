import { route } from "@/lib/http/route";
import { addException } from "@/lib/scheduling/set-up/change-schedule";
import { SaveException } from "@/lib/scheduling/set-up/schema";

export const POST = route.clinic({
  can: "schedule.write",
  body: SaveException,
  status: 201,
  handler: ({ ctx, body }) => addException(ctx, body),
});
