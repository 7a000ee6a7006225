import { useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api } from "@/lib/http/client";
import { type Appointment, appointmentKeys, type Calendar } from "../queries";

/** A new time, place or length of one visit; what is not said stays. */
export interface Move {
  id: string;
  starts_at: string;
  provider_id?: string;
  operatory_id?: string;
  duration_minutes?: number;
}

const MINUTE_MS = 60_000;
const later = (instant: string, ms: number) => new Date(Date.parse(instant) + ms).toISOString();

export const minutesLong = ({ starts_at, ends_at }: Pick<Appointment, "starts_at" | "ends_at">) =>
  (Date.parse(ends_at) - Date.parse(starts_at)) / MINUTE_MS;

/** The calendar as it will be if the move is granted. */
export function withMove(calendar: Calendar, move: Move): Calendar {
  const provider = calendar.providers.find(({ id }) => id === move.provider_id);
  const operatory = calendar.operatories.find(({ id }) => id === move.operatory_id);
  return {
    ...calendar,
    visits: calendar.visits.map((visit) => {
      if (visit.id !== move.id) return visit;
      const shift = Date.parse(move.starts_at) - Date.parse(visit.starts_at);
      const growth = ((move.duration_minutes ?? minutesLong(visit)) - minutesLong(visit)) * MINUTE_MS;
      const segments = visit.segments.map((part) => ({
        resource_id: provider && part.resource_id === visit.provider.id ? provider.id : part.resource_id,
        starts_at: later(part.starts_at, shift),
        ends_at: later(part.ends_at, shift + (part.ends_at === visit.ends_at ? growth : 0)),
      }));
      return {
        ...visit,
        starts_at: new Date(move.starts_at).toISOString(),
        ends_at: later(visit.ends_at, shift + growth),
        provider: provider ? { id: provider.id, name: provider.name } : visit.provider,
        operatory: operatory ? { id: operatory.id, name: operatory.name } : visit.operatory,
        segments,
      };
    }),
  };
}

/** What takes a move back. */
export const reverseOf = (visit: Appointment, move: Move): Move => ({
  id: visit.id,
  starts_at: visit.starts_at,
  provider_id: visit.provider.id,
  ...(visit.operatory ? { operatory_id: visit.operatory.id } : {}),
  ...(move.duration_minutes === undefined ? {} : { duration_minutes: minutesLong(visit) }),
});

/** Moves a visit: at once on the screen, and back to where it was when the answer is no. */
export function useMove(slug: string) {
  const queries = useQueryClient();
  const calendars = { queryKey: appointmentKeys.calendars(slug) };
  return useMutation({
    mutationFn: ({ id, ...json }: Move) =>
      api(z.unknown(), `/api/clinic/${slug}/appointments/${id}/reschedule`, { method: "POST", json }),
    onMutate: async (move) => {
      await queries.cancelQueries(calendars);
      const before = queries.getQueriesData<Calendar>(calendars);
      queries.setQueriesData<Calendar>(calendars, (calendar) => calendar && withMove(calendar, move));
      return before;
    },
    onError: (_error, _move, before) => {
      for (const [key, calendar] of before ?? []) queries.setQueryData(key, calendar);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: appointmentKeys.all(slug) }),
  });
}
