import { route } from "@/lib/http/route";
import { countTasks } from "@/lib/messaging/tasks/list";

export const GET = route.clinic({ can: "task.read", handler: ({ ctx }) => countTasks(ctx) });
