import { route } from "@/lib/http/route";
import { getTalk } from "@/lib/simulator/get-talk";
import { resetTalk } from "@/lib/simulator/reset";
import { say } from "@/lib/simulator/say";
import { ReadTalk, Say } from "@/lib/simulator/schema";

export const GET = route.clinic({
  can: "simulator.use",
  query: ReadTalk,
  handler: ({ ctx, query }) => getTalk(ctx, query),
});

export const POST = route.clinic({
  can: "simulator.use",
  body: Say,
  status: 202,
  handler: ({ ctx, body }) => say(ctx, body),
});

export const DELETE = route.clinic({
  can: "simulator.use",
  query: ReadTalk,
  handler: ({ ctx, query }) => resetTalk(ctx, query),
});
