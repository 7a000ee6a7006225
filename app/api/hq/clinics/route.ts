import { listClinics } from "@/lib/clinics/list-clinics";
import { route } from "@/lib/http/route";

export const GET = route.hq({ can: "clinic.list", handler: ({ ctx }) => listClinics(ctx) });
