import { ok } from "@/lib/core/result";
import { route } from "@/lib/http/route";
import { describeMe } from "@/lib/identity/describe-me";
import { UpdateMe } from "@/lib/identity/schema";
import { updateMe } from "@/lib/identity/update-me";

export const GET = route.user({ handler: ({ ctx }) => Promise.resolve(ok(describeMe(ctx))) });

export const PATCH = route.user({ body: UpdateMe, handler: ({ ctx, body }) => updateMe(ctx, body) });
