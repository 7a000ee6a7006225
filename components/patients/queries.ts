import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { api, pageOf } from "@/lib/http/client";

export const PatientFound = z.object({
  id: z.string(),
  name: z.string(),
  phone: z.string().nullish(),
  email: z.string().nullish(),
  language: z.string().nullish(),
  patient_type: z.string().nullish(),
  next_visit: z.object({ starts_at: z.string() }).or(z.string()).nullish(),
});
export type PatientFound = z.infer<typeof PatientFound>;

export const patientKeys = {
  all: (slug: string) => ["clinic", slug, "patients"] as const,
  search: (slug: string, q: string) => [...patientKeys.all(slug), "search", q] as const,
};

const FOUND_AT_MOST = 8;

export const patientSearchQuery = (slug: string, q: string) =>
  queryOptions({
    queryKey: patientKeys.search(slug, q),
    queryFn: ({ signal }) =>
      api(
        pageOf(PatientFound),
        `/api/clinic/${slug}/patients?${new URLSearchParams({ q, limit: String(FOUND_AT_MOST) })}`,
        {
          signal,
        },
      ),
    enabled: q.length >= 2,
  });
