import { route } from "@/lib/http/route";
import { completeTask } from "@/lib/messaging/tasks/complete";
import { TaskId } from "@/lib/messaging/tasks/schema";

export const POST = route.clinic({
  can: "task.write",
  params: TaskId,
  handler: ({ ctx, params }) => completeTask(ctx, params),
});
