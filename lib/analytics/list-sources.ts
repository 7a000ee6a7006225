import { sql, type SQL } from "drizzle-orm";
import { isCounted, type Scope } from "./rules";

export interface SourceCount {
  source: string;
  count: number;
}

/** Bookings made in the last 30 days by where they came from, most first, as a JSON list of `SourceCount`. */
export const listSources = (scope: Scope): SQL => sql`(
  select coalesce(json_agg(s order by s.count desc, s.source), '[]') from (
    select a.created_from as source, count(*)::int as count from appointments a
    where ${isCounted(scope)} and a.created_at >= ${scope.month.start} and a.created_at < ${scope.month.end}
    group by 1) s)`;
