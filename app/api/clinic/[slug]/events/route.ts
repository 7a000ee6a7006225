import { streamClinic } from "@/lib/http/live";
import { route } from "@/lib/http/route";

export const GET = route.clinic({ can: "events.read", handler: ({ ctx, request }) => streamClinic(ctx, request) });
