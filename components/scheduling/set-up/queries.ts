import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api } from "@/lib/http/client";

const Named = z.object({ id: z.string(), name: z.string() });
export const OverlappedVisit = z.object({
  id: z.string(),
  starts_at: z.string(),
  patient: Named,
  service: Named,
  provider: Named,
});
export type OverlappedVisit = z.infer<typeof OverlappedVisit>;
const Overlapped = z.object({ items: z.array(OverlappedVisit), total: z.number() });
export type Overlapped = z.infer<typeof Overlapped>;

const Hours = z.array(z.object({ weekday: z.number(), from_time: z.string(), to_time: z.string() }));
const Season = z.object({ valid_from: z.string().nullable(), valid_to: z.string().nullable(), hours: Hours });
export type Season = z.infer<typeof Season>;
const ProviderSchedule = Named.extend({
  kind: z.string(),
  color: z.string(),
  is_active: z.boolean(),
  hours: Hours,
  seasons: z.array(Season),
});
export type ProviderSchedule = z.infer<typeof ProviderSchedule>;
const Exception = z.object({
  id: z.string(),
  provider_id: z.string().nullable(),
  kind: z.enum(["closed", "extra"]),
  day_from: z.string(),
  day_to: z.string(),
  from_time: z.string().nullable(),
  to_time: z.string().nullable(),
  reason: z.string().nullable(),
});
export type Exception = z.infer<typeof Exception>;
export type NewException = Omit<Exception, "id">;
const Schedule = z.object({
  today: z.string(),
  week_start: z.number(),
  weekend: z.array(z.number()),
  providers: z.array(ProviderSchedule),
  exceptions: z.array(Exception),
});
export type Schedule = z.infer<typeof Schedule>;

const PreviewDay = z.object({
  day: z.string(),
  open: z.array(z.object({ from: z.string(), to: z.string() })),
  slots: z.array(z.string()),
});
export type PreviewDay = z.infer<typeof PreviewDay>;
const Preview = z.object({ days: z.array(PreviewDay), overlapped: Overlapped });

const at = (slug: string) => `/api/clinic/${slug}/schedule`;
const areaOf = (slug: string) => ["clinic", slug, "schedule"] as const;

export const scheduleQuery = (slug: string) =>
  queryOptions({
    queryKey: [...areaOf(slug), "all"] as const,
    queryFn: ({ signal }) => api(Schedule, at(slug), { signal }),
  });

/** The visits that stand outside of anybody's hours now. */
export const overlappedQuery = (slug: string) =>
  queryOptions({
    queryKey: [...areaOf(slug), "overlapped"] as const,
    queryFn: ({ signal }) => api(Overlapped, `${at(slug)}/overlapped`, { signal }),
  });

export interface PreviewAsk {
  provider_id: string;
  service_id?: string | null;
  from: string;
  days?: number;
  /** A change that is not saved, as the API takes it. */
  draft?: object | null;
}

/** What a change would bring; the last answer stays until the next one comes. */
export const previewQuery = (slug: string, json: PreviewAsk) =>
  queryOptions({
    queryKey: [...areaOf(slug), "preview", json] as const,
    queryFn: ({ signal }) => api(Preview, `${at(slug)}/preview`, { method: "POST", json, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });

const Changed = z.object({ id: z.string().nullable(), overlapped: Overlapped });

export type ScheduleChange =
  | { put: "hours" | "seasons"; json: object }
  | { removeSeason: { provider_id: string; valid_from: string; valid_to: string } }
  | { exception: NewException; id?: string }
  | { removeException: string };

function send(slug: string, change: ScheduleChange) {
  if ("put" in change) return api(Changed, `${at(slug)}/${change.put}`, { method: "PUT", json: change.json });
  if ("removeSeason" in change)
    return api(Changed, `${at(slug)}/seasons?${new URLSearchParams(change.removeSeason)}`, { method: "DELETE" });
  if ("removeException" in change)
    return api(Changed, `${at(slug)}/exceptions/${change.removeException}`, { method: "DELETE" });
  const { exception, id } = change;
  return api(Changed, `${at(slug)}/exceptions${id ? `/${id}` : ""}`, { method: id ? "PUT" : "POST", json: exception });
}

/** One change of the schedule; answers the visits that stand outside the hours after it. */
export function useChangeSchedule(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: ScheduleChange) => send(slug, change),
    onSettled: () =>
      Promise.all(
        ["schedule", "providers", "availability", "appointments"].map((area) =>
          queries.invalidateQueries({ queryKey: ["clinic", slug, area] }),
        ),
      ),
  });
}
