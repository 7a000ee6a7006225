import { route } from "@/lib/http/route";
import { previewTemplate } from "@/lib/messaging/templates/preview";
import { PreviewTemplate, TemplateId } from "@/lib/messaging/templates/schema";

export const POST = route.clinic({
  can: "template.read",
  params: TemplateId,
  body: PreviewTemplate,
  handler: ({ ctx, params, body }) => previewTemplate(ctx, params.id, body),
});
