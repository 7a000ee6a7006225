import { route } from "@/lib/http/route";
import { changeException, removeException } from "@/lib/scheduling/set-up/change-schedule";
import { IdPath, SaveException } from "@/lib/scheduling/set-up/schema";

export const PUT = route.clinic({
  can: "schedule.write",
  params: IdPath,
  body: SaveException,
  handler: ({ ctx, params, body }) => changeException(ctx, params.id, body),
});

export const DELETE = route.clinic({
  can: "schedule.write",
  params: IdPath,
  handler: ({ ctx, params }) => removeException(ctx, params.id),
});
