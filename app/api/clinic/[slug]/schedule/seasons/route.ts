import { route } from "@/lib/http/route";
import { removeSeason, saveSeason } from "@/lib/scheduling/set-up/change-schedule";
import { RemoveSeason, SaveSeason } from "@/lib/scheduling/set-up/schema";

export const PUT = route.clinic({
  can: "schedule.write",
  body: SaveSeason,
  handler: ({ ctx, body }) => saveSeason(ctx, body),
});

export const DELETE = route.clinic({
  can: "schedule.write",
  query: RemoveSeason,
  handler: ({ ctx, query }) => removeSeason(ctx, query),
});
