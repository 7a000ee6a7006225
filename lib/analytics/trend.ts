import { sql, type SQL } from "drizzle-orm";
import { isCounted, type Scope } from "./rules";

export interface TrendDay {
  /** `YYYY-MM-DD` of the clinic's calendar. */
  day: string;
  /** All but the cancelled. */
  total: number;
  completed: number;
  no_show: number;
  cancelled: number;
}

/** Visits of the last 30 days by day, empty days among them, as a JSON list of `TrendDay`. */
export const trend = (scope: Scope): SQL => sql`(
  select json_agg(json_build_object('day', to_char(d.day, 'YYYY-MM-DD'), 'total', coalesce(v.total, 0),
    'completed', coalesce(v.completed, 0), 'no_show', coalesce(v.no_show, 0), 'cancelled', coalesce(v.cancelled, 0))
    order by d.day)
  from generate_series(${scope.month.firstDay}::timestamp, ${scope.today.day}::timestamp, interval '1 day') as d(day)
  left join (
    select date_trunc('day', a.starts_at at time zone ${scope.timeZone}) as day,
      count(*) filter (where a.status <> 'cancelled') as total,
      count(*) filter (where a.status = 'completed') as completed,
      count(*) filter (where a.status = 'no_show') as no_show,
      count(*) filter (where a.status = 'cancelled') as cancelled
    from appointments a
    where ${isCounted(scope)} and a.starts_at >= ${scope.month.start} and a.starts_at < ${scope.month.end}
    group by 1) v on v.day = d.day)`;
