import { route } from "@/lib/http/route";
import { importPatients } from "@/lib/patients/import/import";
import { ImportPatients } from "@/lib/patients/schema";

/** 5 MB of CSV as a JSON text: quotes and line ends take two bytes. */
const MAX_BYTES = 9_000_000;

export const POST = route.clinic({
  can: "patient.import",
  body: ImportPatients,
  maxBytes: MAX_BYTES,
  handler: ({ ctx, body }) => importPatients(ctx, body),
});
