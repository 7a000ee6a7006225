import { route } from "@/lib/http/route";
import { ChangeFeed, OpenFeed } from "@/lib/scheduling/feed/schema";
import { changeFeed, closeFeed, getFeed, openFeed } from "@/lib/scheduling/feed/settings";
import { IdPath } from "@/lib/scheduling/schema";

export const GET = route.clinic({
  can: "feed.write",
  params: IdPath,
  handler: ({ ctx, params }) => getFeed(ctx, params.id),
});

export const POST = route.clinic({
  can: "feed.write",
  params: IdPath,
  body: OpenFeed,
  status: 201,
  handler: ({ ctx, params, body }) => openFeed(ctx, params.id, body),
});

export const PATCH = route.clinic({
  can: "feed.write",
  params: IdPath,
  body: ChangeFeed,
  handler: ({ ctx, params, body }) => changeFeed(ctx, params.id, body),
});

export const DELETE = route.clinic({
  can: "feed.write",
  params: IdPath,
  handler: ({ ctx, params }) => closeFeed(ctx, params.id),
});
