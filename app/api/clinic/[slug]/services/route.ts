import { route } from "@/lib/http/route";
import { listServices } from "@/lib/scheduling/list-services";
import { createService } from "@/lib/scheduling/set-up/save-service";
import { CreateService, ListSetUp } from "@/lib/scheduling/set-up/schema";

export const GET = route.clinic({
  can: "service.read",
  query: ListSetUp,
  handler: ({ ctx, query }) => listServices(ctx, query),
});

export const POST = route.clinic({
  can: "service.write",
  body: CreateService,
  status: 201,
  handler: ({ ctx, body }) => createService(ctx, body),
});
