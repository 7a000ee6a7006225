import { route } from "@/lib/http/route";
import { ImportPath } from "@/lib/scheduling/import-book/schema";
import { undoImport } from "@/lib/scheduling/import-book/undo-import";

export const POST = route.clinic({
  can: "appointment.import",
  params: ImportPath,
  handler: ({ ctx, params }) => undoImport(ctx, { importId: params.id }),
});
