import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";
import { z } from "zod";
import { api, cursorPageOf, pageOf } from "@/lib/http/client";
import {
  ImportReport,
  MergeDone,
  PatientDetail,
  PatientItem,
  type ContactPointItem,
  type MergeField,
  type TimelineKind,
} from "@/lib/patients/schema";
import { TimelineEntry } from "./timeline-entry-schema";

const at = (slug: string) => `/api/clinic/${slug}/patients`;

export const patientKeys = {
  all: (slug: string) => ["clinic", slug, "patients"] as const,
  search: (slug: string, q: string) => [...patientKeys.all(slug), "search", q] as const,
  list: (slug: string, query: string) => [...patientKeys.all(slug), "list", query] as const,
  one: (slug: string, id: string) => [...patientKeys.all(slug), "one", id] as const,
  timeline: (slug: string, id: string, kinds: string) => ["clinic", slug, "timeline", id, kinds] as const,
};

const FOUND_AT_MOST = 8;

export const patientSearchQuery = (slug: string, q: string) =>
  queryOptions({
    queryKey: patientKeys.search(slug, q),
    queryFn: ({ signal }) =>
      api(pageOf(PatientItem), `${at(slug)}?${new URLSearchParams({ q, limit: String(FOUND_AT_MOST) })}`, { signal }),
    enabled: q.length >= 2,
  });

/** A page of the list; `query` is the list's own query string. */
export const patientListQuery = (slug: string, query: string) =>
  queryOptions({
    queryKey: patientKeys.list(slug, query),
    queryFn: ({ signal }) => api(pageOf(PatientItem), `${at(slug)}?${query}`, { signal }),
    placeholderData: keepPreviousData,
  });

export const patientQuery = (slug: string, id: string) =>
  queryOptions({
    queryKey: patientKeys.one(slug, id),
    queryFn: ({ signal }) => api(PatientDetail, `${at(slug)}/${id}`, { signal }),
  });

export const timelineQuery = (slug: string, id: string, kinds: readonly TimelineKind[]) =>
  infiniteQueryOptions({
    queryKey: patientKeys.timeline(slug, id, kinds.join(",")),
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({
        ...(kinds.length > 0 ? { kinds: kinds.join(",") } : {}),
        ...(pageParam ? { cursor: pageParam } : {}),
      });
      return api(cursorPageOf(TimelineEntry), `${at(slug)}/${id}/timeline?${query}`, { signal });
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

const ReachSchema = z.object({
  gate: z.array(
    z.object({
      contact_point_id: z.string(),
      channel_id: z.string(),
      channel_kind: z.string(),
      send_class: z.string(),
      verdict: z.enum(["send", "template", "later", "suppress"]),
      reason: z.string().nullable(),
      at: z.string().nullable(),
    }),
  ),
});
export type Reach = z.infer<typeof ReachSchema>;

/** What the send gate says of this patient now. */
export const reachQuery = (slug: string, id: string) =>
  queryOptions({
    queryKey: [...patientKeys.all(slug), "reach", id] as const,
    queryFn: ({ signal }) => api(ReachSchema, `${at(slug)}/${id}/consents`, { signal }),
  });

const refresh = (queries: QueryClient, slug: string) =>
  Promise.all([
    queries.invalidateQueries({ queryKey: patientKeys.all(slug) }),
    queries.invalidateQueries({ queryKey: ["clinic", slug, "timeline"] }),
  ]);

export interface NewPatient {
  name: string;
  phone?: string;
  email?: string;
  birth_date?: string;
  language?: string;
}

export function useCreatePatient(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (json: NewPatient) => api(PatientDetail, at(slug), { method: "POST", json }),
    onSuccess: () => refresh(queries, slug),
  });
}

export type PatientChange = Partial<
  Pick<PatientDetail, "name" | "birth_date" | "language" | "time_zone" | "next_follow_up_date">
>;

/** Shows the change at once and takes it back when it is refused. */
export function useUpdatePatient(slug: string, id: string) {
  const queries = useQueryClient();
  const { queryKey } = patientQuery(slug, id);
  return useMutation({
    mutationFn: (json: PatientChange) => api(PatientDetail, `${at(slug)}/${id}`, { method: "PATCH", json }),
    onMutate: async (change) => {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueryData(queryKey);
      if (before) queries.setQueryData(queryKey, { ...before, ...change });
      return { before };
    },
    onError: (_error, _change, kept) => kept?.before && queries.setQueryData(queryKey, kept.before),
    onSettled: () => refresh(queries, slug),
  });
}

export interface NewContactPoint {
  kind: "phone" | "email";
  value: string;
  relation?: ContactPointItem["relation"];
  is_primary?: boolean;
}

export function useContactPoints(slug: string, id: string) {
  const queries = useQueryClient();
  const path = `${at(slug)}/${id}/contact-points`;
  const onSettled = () => refresh(queries, slug);
  return {
    add: useMutation({
      mutationFn: (json: NewContactPoint) => api(z.unknown(), path, { method: "POST", json }),
      onSettled,
    }),
    change: useMutation({
      mutationFn: ({ id: point, ...json }: { id: string; relation?: string; is_primary?: true }) =>
        api(z.unknown(), `${path}/${point}`, { method: "PATCH", json }),
      onSettled,
    }),
    remove: useMutation({
      mutationFn: (point: string) => api(z.unknown(), `${path}/${point}`, { method: "DELETE" }),
      onSettled,
    }),
  };
}

export function useAddNote(slug: string, id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => api(z.unknown(), `${at(slug)}/${id}/notes`, { method: "POST", json: { text } }),
    onSettled: () => refresh(queries, slug),
  });
}

export interface SaidConsent {
  contact_point_id: string;
  channel: string;
  purpose: string;
  state: "in" | "out";
  source: string;
  words?: string;
}

/** Writes down what somebody told a member. */
export function useSetConsent(slug: string, id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (json: SaidConsent) => api(z.unknown(), `${at(slug)}/${id}/consents`, { method: "POST", json }),
    onSettled: () => refresh(queries, slug),
  });
}

export function useMerge(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...json }: { id: string; other_id: string; take: MergeField[] }) =>
      api(MergeDone, `${at(slug)}/${id}/merge`, { method: "POST", json }),
    onSettled: () => refresh(queries, slug),
  });
}

export function useUndoMerge(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, merge_id }: { id: string; merge_id: string }) =>
      api(MergeDone, `${at(slug)}/${id}/merge/undo`, { method: "POST", json: { merge_id } }),
    onSettled: () => refresh(queries, slug),
  });
}

export interface ImportAsk {
  csv: string;
  columns: Record<string, string>;
  date_order: string;
  default_type: string;
}

/** A dry run tells; a run is keyed, so that a second press of the button is no second import. */
export function useImport(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...json }: ImportAsk & { dry_run: boolean; key: string }) =>
      api(ImportReport, `${at(slug)}/import`, {
        method: "POST",
        json,
        headers: json.dry_run ? {} : { "idempotency-key": key },
      }),
    onSuccess: (report) => (report.dry_run ? undefined : refresh(queries, slug)),
  });
}
