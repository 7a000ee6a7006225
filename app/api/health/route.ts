import { answerHealth } from "@/lib/http/health";
import { route } from "@/lib/http/route";

export const GET = route.public({ uncounted: true, handler: ({ ctx }) => answerHealth(ctx.requestId) });
