import { ok } from "@/lib/core/result";
import { route } from "@/lib/http/route";

export const GET = route.public({ handler: ({ ctx }) => Promise.resolve(ok({ now: ctx.now() })) });
