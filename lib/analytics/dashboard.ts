import { sql } from "drizzle-orm";
import type { ClinicContext } from "@/lib/core/context";
import { env, type Mode } from "@/lib/core/env";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { showVisit } from "@/lib/scheduling/change-visit";
import { readVisits } from "@/lib/scheduling/read-visits";
import type { ShownVisit } from "@/lib/scheduling/schema";
import { countInbox, type InboxCounts } from "./count-inbox";
import { countToday, type TodayCounts } from "./count-today";
import { listOpenTasks, type OpenTasks } from "./list-open-tasks";
import { listSources, type SourceCount } from "./list-sources";
import { noShowRate } from "./no-show-rate";
import { isCounted, scopeOf, type Scope } from "./rules";
import { trend, type TrendDay } from "./trend";

const MOST_NEXT = 8;

/** Keys of the JSON parts are those of the wire. */
export interface Dashboard {
  today: TodayCounts;
  inbox: InboxCounts;
  tasks: OpenTasks;
  bySource: SourceCount[];
  trend: TrendDay[];
  noShowRate: number | null;
  next: ShownVisit[];
}

/** Today at a glance; days are those of the clinic's zone. All figures are of one statement, the list of visits of a second. */
export const getDashboard = (ctx: ClinicContext, mode: Mode = env().mode): Promise<Result<Dashboard>> => {
  const scope = scopeOf(ctx.clinic, ctx.now(), mode);
  return query(ctx, async (tx) => {
    const { rows } = await tx.execute<Omit<Dashboard, "next"> & Record<string, unknown>>(sql`
      select ${countToday(scope)} as today, ${countInbox(scope)} as inbox, ${listOpenTasks(scope)} as tasks,
        ${listSources(scope)} as "bySource", ${trend(scope)} as trend, ${noShowRate(scope)} as "noShowRate"`);
    const [figures] = rows;
    if (!figures) throw new Error("a select without from answers one row");
    const next = await readVisits(tx, ctx, { where: isNext(scope), limit: MOST_NEXT });
    return ok({ ...figures, next: next.map(showVisit) });
  });
};

/** Still to come today: not arrived and not over, or here before their time. */
const isNext = (scope: Scope) => sql`${isCounted(scope)} and a.starts_at < ${scope.today.end}
  and a.starts_at >= ${scope.today.start}
  and ((a.status = 'scheduled' and a.ends_at > ${scope.now}) or (a.status = 'checked_in' and a.starts_at > ${scope.now}))`;
