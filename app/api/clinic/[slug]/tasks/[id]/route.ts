import { route } from "@/lib/http/route";
import { changeTask } from "@/lib/messaging/tasks/change";
import { ChangeTask, TaskId } from "@/lib/messaging/tasks/schema";

export const PATCH = route.clinic({
  can: "task.write",
  params: TaskId,
  body: ChangeTask,
  handler: ({ ctx, params, body }) => changeTask(ctx, params.id, body),
});
