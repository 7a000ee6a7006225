import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api, pageOf } from "@/lib/http/client";
import { PROVIDER_KINDS, SEGMENT_ROLES } from "@/lib/scheduling/set-up/schema";

const Named = z.object({ id: z.string(), name: z.string() });
const Words = z.array(z.string()).optional();

const Segment = z.object({ role: z.enum(SEGMENT_ROLES), from_minute: z.number(), to_minute: z.number() });
export type Segment = z.infer<typeof Segment>;
const Service = Named.extend({
  names: z.object({ en: z.string(), ar: z.string().optional(), es: z.string().optional() }),
  synonyms: z.object({ en: Words, ar: Words, es: Words }),
  duration_minutes: z.number(),
  buffer_before_minutes: z.number(),
  buffer_after_minutes: z.number(),
  color: z.string(),
  value: z.number().optional(),
  recall_interval_days: z.number().nullable(),
  is_online: z.boolean(),
  daily_cap: z.number().nullable(),
  is_active: z.boolean(),
  segments: z.array(Segment),
  provider_ids: z.array(z.string()),
  operatory_ids: z.array(z.string()),
});
export type Service = z.infer<typeof Service>;

const Provider = Named.extend({
  kind: z.enum(PROVIDER_KINDS),
  color: z.string(),
  languages: z.array(z.string()),
  daily_cap: z.number().nullable(),
  is_active: z.boolean(),
  service_ids: z.array(z.string()),
  user: Named.nullable(),
  hours_today: z.array(z.object({ from: z.string(), to: z.string() })).default([]),
});
export type Provider = z.infer<typeof Provider>;
const Operatory = Named.extend({ is_active: z.boolean() });
export type Operatory = z.infer<typeof Operatory>;
const Member = Named.extend({ role: z.string(), provider_id: z.string().nullable() });

const at = (slug: string) => `/api/clinic/${slug}`;

/** All services, the retired ones too, in the clinic's order. */
export const servicesSetUpQuery = (slug: string) =>
  queryOptions({
    queryKey: ["clinic", slug, "services", "set-up"] as const,
    queryFn: ({ signal }) => api(pageOf(Service), `${at(slug)}/services?limit=100&include_retired=true`, { signal }),
    select: (page) => page.items,
  });

export const providersSetUpQuery = (slug: string) =>
  queryOptions({
    queryKey: ["clinic", slug, "providers", "set-up"] as const,
    queryFn: ({ signal }) => api(pageOf(Provider), `${at(slug)}/providers?limit=100`, { signal }),
    select: (page) => page.items,
  });

export const operatoriesQuery = (slug: string) =>
  queryOptions({
    queryKey: ["clinic", slug, "operatories", "set-up"] as const,
    queryFn: ({ signal }) =>
      api(pageOf(Operatory), `${at(slug)}/operatories?limit=100&include_retired=true`, { signal }),
    select: (page) => page.items,
  });

export const membersQuery = (slug: string) =>
  queryOptions({
    queryKey: ["clinic", slug, "providers", "members"] as const,
    queryFn: ({ signal }) => api(z.object({ items: z.array(Member) }), `${at(slug)}/providers/members`, { signal }),
    select: ({ items }) => items,
  });

export type SetUpArea = "services" | "providers" | "operatories";
export type SetUpChange =
  | { save: object; id?: string | undefined }
  | { retire: string; confirmed: boolean }
  | { restore: string }
  | { order: string[] };

function send(slug: string, area: SetUpArea, change: SetUpChange) {
  const url = `${at(slug)}/${area}`;
  if ("order" in change) return api(z.unknown(), `${url}/order`, { method: "PUT", json: { ids: change.order } });
  if ("restore" in change) return api(z.unknown(), `${url}/${change.restore}/restore`, { method: "POST", json: {} });
  if ("retire" in change) {
    const { retire: id, confirmed } = change;
    return api(z.unknown(), `${url}/${id}/retire`, { method: "POST", json: { confirmed } });
  }
  const { id, save: json } = change;
  return api(z.unknown(), id ? `${url}/${id}` : url, { method: id ? "PATCH" : "POST", json });
}

/** One change of what is set up. */
export function useSetUp(slug: string, area: SetUpArea) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: SetUpChange) => send(slug, area, change),
    onSettled: () =>
      Promise.all(
        ["services", "providers", "operatories", "schedule", "availability"].map((stale) =>
          queries.invalidateQueries({ queryKey: ["clinic", slug, stale] }),
        ),
      ),
  });
}
