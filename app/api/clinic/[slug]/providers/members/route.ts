import { route } from "@/lib/http/route";
import { listLinkableMembers } from "@/lib/scheduling/set-up/list-members";

export const GET = route.clinic({ can: "provider.write", handler: ({ ctx }) => listLinkableMembers(ctx) });
