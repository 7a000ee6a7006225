import { route } from "@/lib/http/route";
import { getPreferences, setPreferences } from "@/lib/notifications/preferences";
import { SetPreferences } from "@/lib/notifications/schema";

export const GET = route.clinic({
  can: "notification.read",
  handler: ({ ctx }) => getPreferences(ctx),
});

export const PUT = route.clinic({
  can: "notification.read",
  body: SetPreferences,
  handler: ({ ctx, body }) => setPreferences(ctx, body),
});
