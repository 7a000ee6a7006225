import { route } from "@/lib/http/route";
import { MessagingSettings } from "@/lib/messaging/set-up/schema";
import { getMessagingSettings, setMessagingSettings } from "@/lib/messaging/set-up/settings";

export const GET = route.clinic({
  can: "channel.read",
  handler: ({ ctx }) => getMessagingSettings(ctx),
});

export const PATCH = route.clinic({
  can: "channel.write",
  body: MessagingSettings,
  handler: ({ ctx, body }) => setMessagingSettings(ctx, body),
});
