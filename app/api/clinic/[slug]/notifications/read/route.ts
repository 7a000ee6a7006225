import { route } from "@/lib/http/route";
import { markNotificationsRead } from "@/lib/notifications/mark-read";
import { MarkRead } from "@/lib/notifications/schema";

export const POST = route.clinic({
  can: "notification.read",
  body: MarkRead,
  handler: ({ ctx, body }) => markNotificationsRead(ctx, body),
});
