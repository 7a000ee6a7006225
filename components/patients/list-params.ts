import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { PATIENT_TYPES, SORTS } from "@/lib/patients/schema";

const YES_NO = ["yes", "no"] as const;
export const FOLLOW_UPS = ["due", "planned", "none"] as const;

/** What the list's address says. */
const PARAMS = {
  q: parseAsString.withDefault(""),
  type: parseAsStringLiteral(PATIENT_TYPES),
  language: parseAsString,
  upcoming: parseAsStringLiteral(YES_NO),
  follow_up: parseAsStringLiteral(FOLLOW_UPS),
  opted_out: parseAsStringLiteral(YES_NO),
  created_from: parseAsString,
  created_to: parseAsString,
  sort: parseAsStringLiteral(SORTS).withDefault("name"),
  page: parseAsInteger.withDefault(1),
};

export const PAGE_LIMIT = 50;
export const NO_FILTERS = {
  ...{ type: null, language: null, upcoming: null, follow_up: null, opted_out: null },
  ...{ created_from: null, created_to: null, page: null },
} as const;

export type ListParams = ReturnType<typeof useListParams>[0];
export type Filters = Pick<ListParams, Exclude<keyof typeof NO_FILTERS, "page">>;
export const useListParams = () => useQueryStates(PARAMS, { history: "replace" });

const isDay = (value: string | null) => value !== null && /^\d{4}-\d{2}-\d{2}$/.test(value);

/** The filters as the API takes them; what an address holds that is none is left out. */
export function filterQuery({ q, created_from, created_to, ...filters }: Filters & { q: string }): URLSearchParams {
  const query = new URLSearchParams();
  if (q.trim()) query.set("q", q.trim().slice(0, 100));
  for (const name of ["type", "language", "upcoming", "follow_up", "opted_out"] as const)
    if (filters[name]) query.set(name, filters[name]);
  if (created_from && isDay(created_from)) query.set("created_from", created_from);
  if (created_to && isDay(created_to)) query.set("created_to", created_to);
  return query;
}

export function listQuery(params: ListParams): string {
  const query = filterQuery(params);
  query.set("sort", params.sort);
  query.set("page", String(Math.max(1, params.page)));
  query.set("limit", String(PAGE_LIMIT));
  return query.toString();
}

export const countFilters = (params: ListParams): number => {
  const query = filterQuery({ ...params, q: "" });
  return [...query.keys()].length;
};
