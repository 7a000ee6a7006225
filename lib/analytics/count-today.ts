import { sql, type SQL } from "drizzle-orm";
import { isCounted, type Scope } from "./rules";

export interface TodayCounts {
  /** All but the cancelled. */
  total: number;
  /** Not arrived and not over: of them `confirmed`, and `unconfirmed` the rest. */
  upcoming: number;
  confirmed: number;
  unconfirmed: number;
  checked_in: number;
  completed: number;
  cancelled: number;
  no_show: number;
  /** Bookings made today, for whichever day. */
  booked_today: number;
}

/** Today's visits by where they stand, as one JSON value of `TodayCounts`. */
export const countToday = (scope: Scope): SQL => {
  const upcoming = sql`a.status = 'scheduled' and a.ends_at > ${scope.now}`;
  return sql`(
    select json_build_object(
      'total', count(*) filter (where a.status <> 'cancelled'),
      'upcoming', count(*) filter (where ${upcoming}),
      'confirmed', count(*) filter (where ${upcoming} and a.confirmation = 'confirmed'),
      'unconfirmed', count(*) filter (where ${upcoming} and a.confirmation <> 'confirmed'),
      'checked_in', count(*) filter (where a.status = 'checked_in'),
      'completed', count(*) filter (where a.status = 'completed'),
      'cancelled', count(*) filter (where a.status = 'cancelled'),
      'no_show', count(*) filter (where a.status = 'no_show'),
      'booked_today', (select count(*) from appointments a where ${isCounted(scope)}
        and a.created_at >= ${scope.today.start} and a.created_at < ${scope.today.end}))
    from appointments a
    where ${isCounted(scope)} and a.starts_at >= ${scope.today.start} and a.starts_at < ${scope.today.end})`;
};
