import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api, pageOf } from "@/lib/http/client";
import { CONFIRMATIONS, STATUSES } from "@/lib/scheduling/schema";

const Named = z.object({ id: z.string(), name: z.string() });

export const Appointment = z.object({
  id: z.string(),
  starts_at: z.string(),
  ends_at: z.string(),
  /** As it is stored; the `status` beside it is for integrations. */
  state: z.enum(STATUSES),
  confirmation: z.enum(CONFIRMATIONS),
  created_from: z.string(),
  patient: Named.extend({ phone: z.string().nullish() }),
  service: Named.extend({ color: z.string().nullish() }),
  provider: Named,
  operatory: Named.nullish(),
  segments: z.array(z.object({ resource_id: z.string(), starts_at: z.string(), ends_at: z.string() })).default([]),
  hold_expires_at: z.string().nullish(),
  running_late_minutes: z.number().nullish(),
  note: z.string().nullish(),
  series: z.object({ id: z.string(), position: z.number() }).nullish(),
});
export type Appointment = z.infer<typeof Appointment>;

const Provider = Named.extend({
  kind: z.string().nullish(),
  color: z.string().nullish(),
  is_active: z.boolean().default(true),
  hours_today: z.array(z.object({ from: z.string(), to: z.string() })).default([]),
});
export type Provider = z.infer<typeof Provider>;

const WallSpan = z.object({ from: z.string(), to: z.string() });
export const Calendar = z.object({
  visits: z.array(Appointment),
  providers: z.array(
    Named.extend({
      color: z.string().nullish(),
      kind: z.string().nullish(),
      days: z.array(z.object({ day: z.string(), hours: z.array(WallSpan) })),
    }),
  ),
  operatories: z.array(Named),
  time_off: z.array(
    z.object({
      id: z.string(),
      provider_id: z.string().nullable(),
      day_from: z.string(),
      day_to: z.string(),
      from_time: z.string().nullable(),
      to_time: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
  busy: z.array(z.object({ provider_id: z.string(), starts_at: z.string(), ends_at: z.string() })).default([]),
});
export type Calendar = z.infer<typeof Calendar>;

const Service = Named.extend({
  duration_minutes: z.number(),
  color: z.string().nullish(),
  recall_interval_days: z.number().nullish(),
});
export type Service = z.infer<typeof Service>;

const Slot = z.object({ starts_at: z.string(), provider_id: z.string(), operatory_id: z.string().nullish() });
export type Slot = z.infer<typeof Slot>;
const Availability = z.object({ days: z.array(z.object({ day: z.string(), slots: z.array(Slot) })) });

const at = (slug: string) => `/api/clinic/${slug}`;

export const appointmentKeys = {
  all: (slug: string) => ["clinic", slug, "appointments"] as const,
  calendars: (slug: string) => [...appointmentKeys.all(slug), "calendar"] as const,
  calendar: (slug: string, from: string, to: string) => [...appointmentKeys.calendars(slug), from, to] as const,
  providers: (slug: string, day: string) => ["clinic", slug, "providers", day] as const,
  services: (slug: string) => ["clinic", slug, "services"] as const,
  availability: (slug: string, service: string, month: string, provider: string) =>
    ["clinic", slug, "availability", service, month, provider] as const,
};

const PAGE_LIMIT = 100;

/** All that the calendar shows from one of the clinic's days to another. */
export const calendarQuery = (slug: string, from: string, to: string) =>
  queryOptions({
    queryKey: appointmentKeys.calendar(slug, from, to),
    queryFn: ({ signal }) => api(Calendar, `${at(slug)}/calendar?${new URLSearchParams({ from, to })}`, { signal }),
  });

/** The active providers with their hours of that day. */
export const providersQuery = (slug: string, day: string) =>
  queryOptions({
    queryKey: appointmentKeys.providers(slug, day),
    queryFn: ({ signal }) => api(pageOf(Provider), `${at(slug)}/providers?date=${day}&limit=${PAGE_LIMIT}`, { signal }),
    select: (page) => page.items.filter((provider) => provider.is_active),
    placeholderData: keepPreviousData,
  });

export const servicesQuery = (slug: string) =>
  queryOptions({
    queryKey: appointmentKeys.services(slug),
    queryFn: ({ signal }) => api(pageOf(Service), `${at(slug)}/services?limit=${PAGE_LIMIT}`, { signal }),
    select: (page) => page.items,
    staleTime: 300_000,
  });

/** Free starts of a service on one day. `day` is `YYYY-MM-DD`; the API answers by month. */
export const freeStartsQuery = (slug: string, day: string, serviceId: string, providerId: string) => {
  const [year = "", month = ""] = day.split("-");
  const query = new URLSearchParams({ year, month: String(Number(month)), service_id: serviceId });
  if (providerId) query.set("provider_id", providerId);
  return queryOptions({
    queryKey: appointmentKeys.availability(slug, serviceId, `${year}-${month}`, providerId),
    queryFn: ({ signal }) => api(Availability, `${at(slug)}/availability?${query}`, { signal }),
    select: (answer) => answer.days.find((found) => found.day === day)?.slots ?? [],
    enabled: serviceId !== "",
  });
};

export const ACTS = ["confirm", "check-in", "complete", "no-show", "cancel", "undo"] as const;
export type Act = (typeof ACTS)[number];

/** One change of a visit's state; `cancel` carries why, `undo` the state that the person saw. */
export function useActOnAppointment(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, act, ...json }: { id: string; act: Act; reason?: string; from?: string }) =>
      api(z.unknown(), `${at(slug)}/appointments/${id}/${act}`, { method: "POST", json }),
    onSettled: () => queries.invalidateQueries({ queryKey: appointmentKeys.all(slug) }),
  });
}

export interface NewVisit {
  service_id: string;
  provider_id?: string;
  operatory_id?: string;
  starts_at: string;
  patient_id?: string;
  patient?: { name: string; phone: string };
}

export function useBook(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (json: NewVisit) => api(z.unknown(), `${at(slug)}/appointments`, { method: "POST", json }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: appointmentKeys.all(slug) }),
        queries.invalidateQueries({ queryKey: ["clinic", slug, "availability"] }),
      ]),
  });
}

const ACTIVE = new Set<string>(["held", "scheduled", "checked_in"]);

/** What a patient still has before them, soonest first. */
export const upcomingOfPatientQuery = (slug: string, patientId: string, today: string) =>
  queryOptions({
    queryKey: [...appointmentKeys.all(slug), "patient", patientId] as const,
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ patient_id: patientId, start_date: today });
      return api(pageOf(Appointment), `${at(slug)}/appointments?${query}`, { signal });
    },
    select: (page) => page.items.filter((visit) => ACTIVE.has(visit.state)),
  });
