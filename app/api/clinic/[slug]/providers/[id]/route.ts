import { route } from "@/lib/http/route";
import { getProvider } from "@/lib/scheduling/set-up/read-providers";
import { changeProvider } from "@/lib/scheduling/set-up/save-provider";
import { ChangeProvider, IdPath } from "@/lib/scheduling/set-up/schema";

export const GET = route.clinic({
  can: "provider.read",
  params: IdPath,
  handler: ({ ctx, params }) => getProvider(ctx, params.id),
});

export const PATCH = route.clinic({
  can: "provider.write",
  params: IdPath,
  body: ChangeProvider,
  handler: ({ ctx, params, body }) => changeProvider(ctx, params.id, body),
});
