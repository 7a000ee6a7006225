import { route } from "@/lib/http/route";
import { listProviders } from "@/lib/scheduling/list-providers";
import { ListProviders } from "@/lib/scheduling/schema";
import { createProvider } from "@/lib/scheduling/set-up/save-provider";
import { CreateProvider } from "@/lib/scheduling/set-up/schema";

export const GET = route.clinic({
  can: "provider.read",
  query: ListProviders,
  handler: ({ ctx, query }) => listProviders(ctx, query),
});

export const POST = route.clinic({
  can: "provider.write",
  body: CreateProvider,
  status: 201,
  handler: ({ ctx, body }) => createProvider(ctx, body),
});
