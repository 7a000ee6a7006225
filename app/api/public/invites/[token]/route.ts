import { z } from "zod";
import { route } from "@/lib/http/route";
import { acceptLink, readLink } from "@/lib/identity/accept-link";
import { AcceptLink } from "@/lib/identity/schema";

const params = z.object({ token: z.string().min(20).max(100) });

export const GET = route.public({ params, handler: ({ ctx, params: { token } }) => readLink(token, ctx.now) });

export const POST = route.public({
  params,
  body: AcceptLink,
  handler: ({ ctx, params: { token }, body }) => acceptLink(token, body, ctx.now),
});
