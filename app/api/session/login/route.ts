import { route } from "@/lib/http/route";
import { signIn } from "@/lib/http/sign-in";
import { LogIn } from "@/lib/identity/schema";

export const POST = route.public({ body: LogIn, handler: ({ ctx, request, body }) => signIn(ctx, request, body) });
