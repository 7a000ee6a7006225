import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api, pageOf } from "@/lib/http/client";
import { Appointment, appointmentKeys } from "../queries";

const at = (slug: string) => `/api/clinic/${slug}`;

const VisitEvent = z.object({
  at: z.string(),
  kind: z.enum(["created", "status", "moved", "confirmation", "late"]),
  from: z.string().nullable(),
  to: z.string().nullable(),
  reason: z.string().nullable(),
  actor_type: z.string(),
  actor_name: z.string().nullable(),
  from_provider: z.string().nullable(),
  to_provider: z.string().nullable(),
});
export type VisitEvent = z.infer<typeof VisitEvent>;

const Series = z.object({
  id: z.string(),
  kind: z.enum(["recall", "plan", "family"]),
  title: z.string().nullable(),
  visits: z.array(Appointment),
});
export type Series = z.infer<typeof Series>;

/** What was done to a visit, the newest first. Anew whenever the visit is another than before. */
export const eventsQuery = (slug: string, visit: Appointment) =>
  queryOptions({
    queryKey: [...appointmentKeys.all(slug), "events", visit.id] as const,
    queryFn: ({ signal }) =>
      api(z.object({ items: z.array(VisitEvent) }), `${at(slug)}/appointments/${visit.id}/events`, { signal }),
    select: (answer) => answer.items,
  });

export const seriesQuery = (slug: string, seriesId: string | undefined) =>
  queryOptions({
    queryKey: [...appointmentKeys.all(slug), "series", seriesId ?? ""] as const,
    queryFn: ({ signal }) => api(Series, `${at(slug)}/appointments/series/${seriesId}`, { signal }),
    enabled: seriesId !== undefined,
  });

const PAGE_LIMIT = 100;

/** The booked visits of one day, for choosing one. */
export const bookedOnQuery = (slug: string, day: string) =>
  queryOptions({
    queryKey: [...appointmentKeys.all(slug), "booked", day] as const,
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ start_date: day, end_date: day, limit: String(PAGE_LIMIT) });
      return api(pageOf(Appointment), `${at(slug)}/appointments?${query}`, { signal });
    },
    select: (page) => page.items.filter((visit) => visit.state === "scheduled"),
  });

/** One step of a visit with what it says: `complete`, `cancel`, `reschedule`, `swap`, `undo`. */
export function useStep(slug: string, visitId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ step, ...json }: { step: string } & Record<string, unknown>) =>
      api(z.unknown(), `${at(slug)}/appointments/${visitId}/${step}`, { method: "POST", json }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: appointmentKeys.all(slug) }),
        queries.invalidateQueries({ queryKey: ["clinic", slug, "availability"] }),
      ]),
  });
}

const PreviewVisit = z.object({
  position: z.number(),
  service_id: z.string(),
  wished_at: z.string(),
  starts_at: z.string().nullable(),
  provider_id: z.string().nullable(),
  operatory_id: z.string().nullable(),
  is_shifted: z.boolean(),
  conflict: z.string().nullable(),
});
export type PreviewVisit = z.infer<typeof PreviewVisit>;

export interface Repeat {
  starts_at: string;
  every: number;
  unit: "week" | "month";
  count: number;
}

const recallOf = (visit: Appointment) => ({ kind: "recall", patient_id: visit.patient.id, continues: visit.id });

/** Each date of a recall as it would be booked now. */
export const previewQuery = (slug: string, visit: Appointment, repeat: Repeat) =>
  queryOptions({
    queryKey: [...appointmentKeys.all(slug), "preview", visit.id, repeat] as const,
    queryFn: ({ signal }) => {
      const wish = { ...repeat, service_id: visit.service.id, provider_id: visit.provider.id };
      const json = { ...recallOf(visit), repeat: wish, shift: "week" };
      const path = `${at(slug)}/appointments/series/preview`;
      return api(z.object({ visits: z.array(PreviewVisit) }), path, { method: "POST", json, signal });
    },
    select: (answer) => answer.visits,
  });

/** Books exactly what the preview showed. */
export function useBookNext(slug: string, visit: Appointment) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (shown: readonly PreviewVisit[]) => {
      const visits = shown.map(({ service_id, provider_id, operatory_id, starts_at }) => ({
        service_id,
        provider_id,
        operatory_id,
        starts_at,
      }));
      const json = { ...recallOf(visit), visits, shift: "none" };
      return api(z.unknown(), `${at(slug)}/appointments/series`, { method: "POST", json });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: appointmentKeys.all(slug) }),
  });
}

const FamilyStart = z.object({
  starts_at: z.string(),
  ends_at: z.string(),
  visits: z.array(
    z.object({
      service_id: z.string(),
      provider_id: z.string(),
      operatory_id: z.string().nullable(),
      starts_at: z.string(),
      ends_at: z.string(),
    }),
  ),
});
export type FamilyStart = z.infer<typeof FamilyStart>;
export type Arrangement = "back_to_back" | "parallel";

export const familyStartsQuery = (slug: string, day: string, serviceIds: string[], arrangement: Arrangement) =>
  queryOptions({
    queryKey: ["clinic", slug, "availability", "family", day, serviceIds, arrangement] as const,
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ day, service_ids: serviceIds.join(","), arrangement });
      return api(z.object({ items: z.array(FamilyStart) }), `${at(slug)}/availability/family?${query}`, { signal });
    },
    select: (answer) => answer.items,
    enabled: serviceIds.every(Boolean),
  });

export function useBookFamily(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (members: object[]) =>
      api(z.unknown(), `${at(slug)}/appointments/family`, { method: "POST", json: { members } }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: appointmentKeys.all(slug) }),
        queries.invalidateQueries({ queryKey: ["clinic", slug, "availability"] }),
      ]),
  });
}
