import { streamClinic } from "@/lib/http/live";
import { route } from "@/lib/http/route";
import { StreamEvents } from "@/lib/realtime/schema";

export const GET = route.clinic({
  can: "events.read",
  query: StreamEvents,
  handler: ({ ctx, query, request }) => streamClinic(ctx, query.since, request),
});
