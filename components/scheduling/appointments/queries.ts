import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, pageOf } from "@/lib/http/client";
import { BookReport, UndoneImport } from "@/lib/scheduling/import-book/schema";
import { ActedOnMany } from "@/lib/scheduling/many/schema";
import { Appointment, appointmentKeys } from "../queries";

const at = (slug: string) => `/api/clinic/${slug}/appointments`;

/** A page of the table; `query` is the table's own query string. */
export const tableQueryOf = (slug: string, query: string) =>
  queryOptions({
    queryKey: [...appointmentKeys.all(slug), "table", query] as const,
    queryFn: ({ signal }) => api(pageOf(Appointment), `${at(slug)}?${query}`, { signal }),
    placeholderData: keepPreviousData,
  });

export interface Act {
  act: "confirm" | "unconfirm" | "cancel" | "no_show" | "undo";
  ids: string[];
  reason?: string;
  from?: "cancelled" | "no_show";
}

/** One act on many visits; each is done or refused on its own. */
export function useActOnMany(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (json: Act) => api(ActedOnMany, `${at(slug)}/bulk`, { method: "POST", json }),
    onSettled: () => queries.invalidateQueries({ queryKey: appointmentKeys.all(slug) }),
  });
}

export interface BookAsk {
  csv: string;
  columns: Record<string, string>;
  date_order: string;
  names: Record<string, Record<string, string>>;
  default_provider_id?: string;
  default_service_id?: string;
  skip_rows: number[];
}

/** A dry run tells; a run is keyed, so that a second press of the button is no second import. */
export function useImportBook(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...json }: BookAsk & { dry_run: boolean; key: string }) =>
      api(BookReport, `${at(slug)}/import`, {
        method: "POST",
        json,
        headers: json.dry_run ? {} : { "idempotency-key": key },
      }),
    onSuccess: (report) => (report.dry_run ? undefined : queries.invalidateQueries({ queryKey: ["clinic", slug] })),
  });
}

export function useUndoImport(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api(UndoneImport, `${at(slug)}/imports/${id}/undo`, { method: "POST" }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["clinic", slug] }),
  });
}
