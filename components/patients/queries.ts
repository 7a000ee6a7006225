import { queryOptions } from "@tanstack/react-query";
import { api, pageOf } from "@/lib/http/client";
import { PatientItem } from "@/lib/patients/schema";

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
        pageOf(PatientItem),
        `/api/clinic/${slug}/patients?${new URLSearchParams({ q, limit: String(FOUND_AT_MOST) })}`,
        {
          signal,
        },
      ),
    enabled: q.length >= 2,
  });
