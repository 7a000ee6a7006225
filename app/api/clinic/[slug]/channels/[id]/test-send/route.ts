import { route } from "@/lib/http/route";
import { Id } from "@/lib/messaging/schema";
import { TestSend } from "@/lib/messaging/set-up/schema";
import { testSend } from "@/lib/messaging/set-up/test-send";

export const POST = route.clinic({
  can: "channel.write",
  params: Id,
  body: TestSend,
  status: 202,
  handler: ({ ctx, params, body }) => testSend(ctx, params.id, body),
});
