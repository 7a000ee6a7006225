import { env } from "@/lib/core/env";
import { documentOf } from "@/lib/http/openapi";
import { route } from "@/lib/http/route";
import { routeModules } from "./modules";

/** The API's description for programs. The same for everybody, and as long as the server runs. */
export const GET = route.public({
  handler: async () => {
    const body = JSON.stringify(documentOf(await routeModules(), env().APP_URL));
    const headers = { "content-type": "application/json; charset=utf-8", "cache-control": "public, max-age=300" };
    return new Response(body, { headers });
  },
});
