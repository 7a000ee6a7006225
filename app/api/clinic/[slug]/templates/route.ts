import { route } from "@/lib/http/route";
import { listTemplates } from "@/lib/messaging/templates/list";
import { createTemplate } from "@/lib/messaging/templates/save";
import { CreateTemplate, ListTemplates } from "@/lib/messaging/templates/schema";

export const GET = route.clinic({
  can: "template.read",
  query: ListTemplates,
  handler: ({ ctx, query }) => listTemplates(ctx, query),
});

export const POST = route.clinic({
  can: "template.write",
  body: CreateTemplate,
  status: 201,
  handler: ({ ctx, body }) => createTemplate(ctx, body),
});
