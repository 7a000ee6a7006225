import { err } from "@/lib/core/result";
import { route } from "@/lib/http/route";

/** A path that no handler has: the envelope, not a page. */
const unknown = route.public({ handler: () => Promise.resolve(err("NOT_FOUND", { what: "path" })) });

export { unknown as GET, unknown as POST, unknown as PUT, unknown as PATCH, unknown as DELETE };
