import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { SOURCES, VISIT_SORTS } from "@/lib/scheduling/schema";

export const RANGES = ["upcoming", "today", "tomorrow", "week", "past", "all"] as const;
export type Range = (typeof RANGES)[number];
/** What one looks for: a state, or a scheduled visit with a yes or without one. */
export const FILTERED = [
  "unconfirmed",
  "confirmed",
  "held",
  "checked_in",
  "completed",
  "cancelled",
  "no_show",
] as const;

/** What the table's address says. */
const PARAMS = {
  q: parseAsString.withDefault(""),
  range: parseAsStringLiteral(RANGES).withDefault("upcoming"),
  from: parseAsString,
  to: parseAsString,
  status: parseAsStringLiteral(FILTERED),
  provider: parseAsString,
  service: parseAsString,
  source: parseAsStringLiteral(SOURCES),
  sort: parseAsStringLiteral(VISIT_SORTS),
  page: parseAsInteger.withDefault(1),
};

export const PAGE_LIMIT = 50;
export const NO_FILTERS = {
  ...{ range: null, from: null, to: null, status: null, provider: null, service: null, source: null, page: null },
} as const;

export type TableParams = ReturnType<typeof useTableParams>[0];
export type Filters = Pick<TableParams, Exclude<keyof typeof NO_FILTERS, "page">>;
export const useTableParams = () => useQueryStates(PARAMS, { history: "replace" });

const isDay = (value: string | null): value is string => value !== null && /^\d{4}-\d{2}-\d{2}$/.test(value);
const UUID = /^[0-9a-f-]{36}$/i;

const dayAfter = (day: string, days: number): string => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
};

/** The days of a range, both included, seen from the clinic's today. */
export function daysOf(range: Range, today: string): { start?: string; end?: string } {
  switch (range) {
    case "upcoming":
      return { start: today };
    case "today":
      return { start: today, end: today };
    case "tomorrow":
      return { start: dayAfter(today, 1), end: dayAfter(today, 1) };
    case "week":
      return { start: today, end: dayAfter(today, 6) };
    case "past":
      return { start: dayAfter(today, -30), end: dayAfter(today, -1) };
    case "all":
      return {};
  }
}

/** The filters as the API takes them; what an address holds that is none is left out. Own days go before a range. */
export function filterQuery(params: Filters & { q: string }, today: string): URLSearchParams {
  const query = new URLSearchParams();
  const { q, status, provider, service, source, from, to } = params;
  if (q.trim()) query.set("q", q.trim().slice(0, 100));
  const range = from || to ? {} : daysOf(params.range, today);
  const [start, end] = [isDay(from) ? from : range.start, isDay(to) ? to : range.end];
  if (start) query.set("start_date", start);
  if (end) query.set("end_date", end);
  if (status === "unconfirmed" || status === "confirmed") {
    query.set("status", "scheduled");
    query.set("confirmation", status === "confirmed" ? "confirmed" : "unasked");
  } else if (status) query.set("status", status);
  if (provider && UUID.test(provider)) query.set("provider_id", provider);
  if (service && UUID.test(service)) query.set("service_id", service);
  if (source) query.set("source", source);
  return query;
}

/** The past is read from its end, what is to come from its beginning. */
export const sortOf = ({ sort, range }: Pick<TableParams, "sort" | "range">) =>
  sort ?? (range === "past" || range === "all" ? "-start" : "start");

export function tableQuery(params: TableParams, today: string): string {
  const query = filterQuery(params, today);
  query.set("sort", sortOf(params));
  query.set("page", String(Math.max(1, params.page)));
  query.set("limit", String(PAGE_LIMIT));
  return query.toString();
}

export const countFilters = ({ range, from, to, status, provider, service, source }: Filters): number =>
  [range !== "upcoming" || from || to, status, provider, service, source].filter(Boolean).length;
