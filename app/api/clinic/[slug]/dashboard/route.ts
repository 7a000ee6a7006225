import { getDashboard } from "@/lib/analytics/dashboard";
import { route } from "@/lib/http/route";

export const GET = route.clinic({ can: "dashboard.read", handler: ({ ctx }) => getDashboard(ctx) });
