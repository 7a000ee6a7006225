import { route } from "@/lib/http/route";
import { listSlots } from "@/lib/waitlist/list-slots";
import { ListFreedSlots } from "@/lib/waitlist/schema";

export const GET = route.clinic({
  can: "waitlist.read",
  query: ListFreedSlots,
  handler: ({ ctx, query }) => listSlots(ctx, query),
});
