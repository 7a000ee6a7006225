import { route } from "@/lib/http/route";
import { listNotifications } from "@/lib/notifications/list-notifications";
import { ListNotifications } from "@/lib/notifications/schema";

export const GET = route.clinic({
  can: "notification.read",
  query: ListNotifications,
  handler: ({ ctx, query }) => listNotifications(ctx, query),
});
