import { route } from "@/lib/http/route";
import { completeTask, TaskId } from "@/lib/messaging/tasks/complete";

export const POST = route.clinic({
  can: "task.write",
  params: TaskId,
  handler: ({ ctx, params }) => completeTask(ctx, params),
});
