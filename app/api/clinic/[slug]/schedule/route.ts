import { route } from "@/lib/http/route";
import { getSchedule } from "@/lib/scheduling/set-up/get-schedule";

export const GET = route.clinic({ can: "schedule.read", handler: ({ ctx }) => getSchedule(ctx) });
