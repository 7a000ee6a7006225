import { route } from "@/lib/http/route";
import { listOverlapped } from "@/lib/scheduling/set-up/overlapped";

export const GET = route.clinic({ can: "schedule.read", handler: ({ ctx }) => listOverlapped(ctx) });
