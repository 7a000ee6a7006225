import { sql, type SQL } from "drizzle-orm";
import { isCounted, type Scope } from "./rules";

/** No-shows of the last 30 days ÷ (completed + no-shows), 0 to 1 (domain.md, KPIs); null when nothing has been either. */
export const noShowRate = (scope: Scope): SQL => sql`(
  select (count(*) filter (where a.status = 'no_show'))::float8 / nullif(count(*), 0)
  from appointments a
  where ${isCounted(scope)} and a.status in ('completed', 'no_show')
    and a.starts_at >= ${scope.month.start} and a.starts_at < ${scope.month.end})`;
