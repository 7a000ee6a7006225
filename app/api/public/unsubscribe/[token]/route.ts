import { z } from "zod";
import { readLimited } from "@/lib/http/body";
import { route } from "@/lib/http/route";
import { AskedToEnd } from "@/lib/messaging/unsubscribe/schema";
import { unsubscribe } from "@/lib/messaging/unsubscribe/unsubscribe";

const MOST_BYTES = 2_000;

/**
 * Ends letters by the link that stood in one. A mail program posts `List-Unsubscribe=One-Click` by itself (RFC 8058) and is
 * answered at once; our page posts what the person chose, and is shown again. Never limited by rate: the mail programs of
 * thousands share an address, and a stop that is refused is none.
 */
export const POST = route.public({
  uncounted: true,
  params: z.object({ token: z.string().min(20).max(300) }),
  handler: async ({ params: { token }, request }) => {
    const read = await readLimited(request, MOST_BYTES);
    if (!read.ok) return read;
    const asked = AskedToEnd.parse(Object.fromEntries(new URLSearchParams(read.data.toString("utf8"))));
    const ended = await unsubscribe(token, asked.by, asked.purpose);
    if (!ended.ok || asked.by === "one_click") return ended;
    const headers = { location: `/unsubscribe/${encodeURIComponent(token)}`, "cache-control": "no-store" };
    return new Response(null, { status: 303, headers });
  },
});
