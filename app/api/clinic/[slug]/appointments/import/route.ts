import { route } from "@/lib/http/route";
import { importBook } from "@/lib/scheduling/import-book/import-book";
import { ImportBook } from "@/lib/scheduling/import-book/schema";

/** 5 MB of CSV as a JSON text: quotes and line ends take two bytes. */
const MAX_BYTES = 9_000_000;

export const POST = route.clinic({
  can: "appointment.import",
  body: ImportBook,
  maxBytes: MAX_BYTES,
  handler: ({ ctx, body }) => importBook(ctx, body),
});
