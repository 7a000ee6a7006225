import type { Appointment } from "../queries";
import type { Series } from "./queries";

/** The visits of a series that a visit may take along: those after it that are still ahead, or the rest of its family. */
export function restOf(series: Series | undefined, visit: Appointment, now: Date): Appointment[] {
  if (!series) return [];
  const at = visit.series?.position ?? 0;
  const isAhead = ({ state, starts_at }: Appointment) => state === "scheduled" && Date.parse(starts_at) > now.getTime();
  const isRest = ({ series: place }: Appointment) => series.kind === "family" || (place?.position ?? 0) > at;
  return series.visits.filter((one) => one.id !== visit.id && isAhead(one) && isRest(one));
}
