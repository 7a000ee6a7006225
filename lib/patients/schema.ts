import { z } from "zod";
import { camelKeys } from "@/lib/core/keys";

/** `GET …/patients`: `q` finds by a part of the name, the phone or the e-mail. */
export const ListPatients = z
  .object({
    q: z.string().trim().max(100).optional(),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  })
  .transform(camelKeys);
export type ListPatients = z.output<typeof ListPatients>;

export const PATIENT_TYPES = ["COLD_LEAD", "NEW", "EXISTING"] as const;

/** A patient on the wire. `phone` is masked for whoever may not see it whole. */
export const PatientItem = z.object({
  id: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  language: z.string().nullable(),
  patient_type: z.enum(PATIENT_TYPES),
  next_visit: z.object({ id: z.string(), starts_at: z.string() }).nullable(),
});
export type PatientItem = z.infer<typeof PatientItem>;
