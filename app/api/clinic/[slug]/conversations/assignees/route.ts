import { route } from "@/lib/http/route";
import { listAssignees } from "@/lib/messaging/inbox/assign";

export const GET = route.clinic({ can: "conversation.read", handler: ({ ctx }) => listAssignees(ctx) });
