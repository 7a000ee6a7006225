import { route } from "@/lib/http/route";
import { createOperatory, listOperatories } from "@/lib/scheduling/set-up/operatories";
import { ListSetUp, SaveOperatory } from "@/lib/scheduling/set-up/schema";

export const GET = route.clinic({
  can: "provider.read",
  query: ListSetUp,
  handler: ({ ctx, query }) => listOperatories(ctx, query),
});

export const POST = route.clinic({
  can: "provider.write",
  body: SaveOperatory,
  status: 201,
  handler: ({ ctx, body }) => createOperatory(ctx, body),
});
