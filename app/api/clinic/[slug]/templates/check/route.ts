import { route } from "@/lib/http/route";
import { readApprovals } from "@/lib/messaging/templates/read-approvals";

export const POST = route.clinic({
  can: "template.write",
  handler: ({ ctx }) => readApprovals(ctx),
});
