import { z } from "zod";
import { route } from "@/lib/http/route";
import { serveCalendar } from "@/lib/http/serve-calendar";
import { readFeed } from "@/lib/scheduling/feed/read-feed";

export const GET = route.public({
  params: z.object({ slug: z.string(), token: z.string().min(20).max(100) }),
  handler: async ({ ctx, params, request }) => {
    const feed = await readFeed(ctx, params.token);
    return feed.ok ? serveCalendar(request, feed.data) : feed;
  },
});
