import { route } from "@/lib/http/route";
import { createPatient } from "@/lib/patients/create";
import { CreatePatient, ListPatients } from "@/lib/patients/schema";
import { listPatients } from "@/lib/patients/search";

export const GET = route.clinic({
  can: "patient.read",
  query: ListPatients,
  handler: ({ ctx, query }) => listPatients(ctx, query),
});

export const POST = route.clinic({
  can: "patient.write",
  body: CreatePatient,
  status: 201,
  handler: ({ ctx, body }) => createPatient(ctx, body),
});
