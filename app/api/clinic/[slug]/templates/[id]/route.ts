import { route } from "@/lib/http/route";
import { updateTemplate } from "@/lib/messaging/templates/save";
import { TemplateId, UpdateTemplate } from "@/lib/messaging/templates/schema";

export const PATCH = route.clinic({
  can: "template.write",
  params: TemplateId,
  body: UpdateTemplate,
  handler: ({ ctx, params, body }) => updateTemplate(ctx, params.id, body),
});
