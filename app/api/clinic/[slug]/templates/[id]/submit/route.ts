import { route } from "@/lib/http/route";
import { TemplateId } from "@/lib/messaging/templates/schema";
import { submitTemplate } from "@/lib/messaging/templates/submit";

export const POST = route.clinic({
  can: "template.write",
  params: TemplateId,
  handler: ({ ctx, params }) => submitTemplate(ctx, params.id),
});
