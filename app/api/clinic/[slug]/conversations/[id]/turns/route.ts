import { ListTurns, listTurns, TurnsOf } from "@/lib/dialog/list-turns";
import { route } from "@/lib/http/route";

export const GET = route.clinic({
  can: "conversation.read",
  params: TurnsOf,
  query: ListTurns,
  handler: ({ ctx, params, query }) => listTurns(ctx, { ...params, ...query }),
});
