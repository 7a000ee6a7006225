import { route } from "@/lib/http/route";
import { addTask } from "@/lib/messaging/tasks/add";
import { listTasks } from "@/lib/messaging/tasks/list";
import { AddTask, ListTasks } from "@/lib/messaging/tasks/schema";

export const GET = route.clinic({
  can: "task.read",
  query: ListTasks,
  handler: ({ ctx, query }) => listTasks(ctx, query),
});

export const POST = route.clinic({
  can: "task.write",
  body: AddTask,
  status: 201,
  handler: ({ ctx, body }) => addTask(ctx, body),
});
