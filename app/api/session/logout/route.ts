import { route } from "@/lib/http/route";
import { signOut } from "@/lib/http/sign-in";

export const POST = route.public({ handler: ({ ctx, request }) => signOut(ctx, request) });
