import { route } from "@/lib/http/route";
import { listCalendar } from "@/lib/scheduling/list-calendar";
import { ListCalendar } from "@/lib/scheduling/schema";

export const GET = route.clinic({
  can: "appointment.read",
  query: ListCalendar,
  handler: ({ ctx, query }) => listCalendar(ctx, query),
});
