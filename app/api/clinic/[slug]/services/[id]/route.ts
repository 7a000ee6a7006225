import { route } from "@/lib/http/route";
import { getService } from "@/lib/scheduling/set-up/read-services";
import { changeService } from "@/lib/scheduling/set-up/save-service";
import { ChangeService, IdPath } from "@/lib/scheduling/set-up/schema";

export const GET = route.clinic({
  can: "service.read",
  params: IdPath,
  handler: ({ ctx, params }) => getService(ctx, params.id),
});

export const PATCH = route.clinic({
  can: "service.write",
  params: IdPath,
  body: ChangeService,
  handler: ({ ctx, params, body }) => changeService(ctx, params.id, body),
});
