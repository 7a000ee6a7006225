import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, pageOf } from "@/lib/http/client";
import { EntryItem, SlotItem } from "@/lib/waitlist/schema";

/** What the page's address says. */
export interface Filters {
  q: string;
  service: string | null;
  provider: string | null;
  urgency: EntryItem["urgency"] | null;
  page: number;
}

export const URGENCIES = ["urgent", "normal", "flexible"] as const;
const PAGE_LIMIT = 25;
export const waitlistAt = (slug: string) => `/api/clinic/${slug}/waitlist`;

export const waitlistKeys = {
  all: (slug: string) => ["clinic", slug, "waitlist"] as const,
  entries: (slug: string, query: string) => [...waitlistKeys.all(slug), "entries", query] as const,
  slots: (slug: string) => [...waitlistKeys.all(slug), "slots"] as const,
};

function listQuery({ q, service, provider, urgency, page }: Filters): string {
  const query = new URLSearchParams({ limit: String(PAGE_LIMIT), page: String(Math.max(1, page)) });
  if (q) query.set("q", q);
  if (service) query.set("service_id", service);
  if (provider) query.set("provider_id", provider);
  if (urgency) query.set("urgency", urgency);
  return query.toString();
}

export const entriesQuery = (slug: string, filters: Filters) =>
  queryOptions({
    queryKey: waitlistKeys.entries(slug, listQuery(filters)),
    queryFn: ({ signal }) => api(pageOf(EntryItem), `${waitlistAt(slug)}?${listQuery(filters)}`, { signal }),
    placeholderData: keepPreviousData,
  });

/** What is being offered, and the latest that was. */
export const slotsQuery = (slug: string) =>
  queryOptions({
    queryKey: waitlistKeys.slots(slug),
    queryFn: ({ signal }) => api(pageOf(SlotItem), `${waitlistAt(slug)}/slots?limit=12`, { signal }),
  });
