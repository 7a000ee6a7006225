import { route } from "@/lib/http/route";
import { reopenTask } from "@/lib/messaging/tasks/change";
import { TaskId } from "@/lib/messaging/tasks/schema";

export const POST = route.clinic({
  can: "task.write",
  params: TaskId,
  handler: ({ ctx, params }) => reopenTask(ctx, params.id),
});
