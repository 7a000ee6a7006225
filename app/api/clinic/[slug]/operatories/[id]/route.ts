import { route } from "@/lib/http/route";
import { changeOperatory } from "@/lib/scheduling/set-up/operatories";
import { IdPath, SaveOperatory } from "@/lib/scheduling/set-up/schema";

export const PATCH = route.clinic({
  can: "provider.write",
  params: IdPath,
  body: SaveOperatory,
  handler: ({ ctx, params, body }) => changeOperatory(ctx, params.id, body),
});
