import { sql, type SQL } from "drizzle-orm";
import type { ClinicContext } from "@/lib/core/context";
import { dayBounds, dayIn } from "@/lib/core/zone";
import type { ExportPatients } from "./schema";

/** The conditions on `p` (patients) that a list's filters mean. Who was merged into somebody is in no list. */
export function conditionsOf(ctx: ClinicContext, input: ExportPatients): SQL[] {
  const { type, language, upcoming, followUp, optedOut, createdFrom, createdTo } = input;
  const { id, timeZone } = ctx.clinic;
  const conditions = [sql`p.clinic_id = ${id}`, sql`p.merged_into_id is null`];
  if (type) conditions.push(sql`p.patient_type = ${type}`);
  if (language) conditions.push(sql`p.language = ${language}`);
  if (upcoming) conditions.push(isOrNot(upcoming, hasUpcoming(ctx)));
  if (followUp === "due") conditions.push(sql`p.next_follow_up_date <= ${dayIn(ctx.now(), timeZone)}`);
  if (followUp === "planned") conditions.push(sql`p.next_follow_up_date > ${dayIn(ctx.now(), timeZone)}`);
  if (followUp === "none") conditions.push(sql`p.next_follow_up_date is null`);
  if (optedOut) conditions.push(isOrNot(optedOut, hasStopped(ctx)));
  if (createdFrom) conditions.push(sql`p.created_at >= ${dayBounds(createdFrom, timeZone).start}`);
  if (createdTo) conditions.push(sql`p.created_at < ${dayBounds(createdTo, timeZone).end}`);
  return conditions;
}

const isOrNot = (answer: "yes" | "no", condition: SQL): SQL => (answer === "yes" ? condition : sql`not ${condition}`);

const hasUpcoming = (ctx: ClinicContext): SQL => sql`exists (select 1 from appointments a
  where a.clinic_id = p.clinic_id and a.patient_id = p.id and a.starts_at >= ${ctx.now()}
    and a.status in ('scheduled', 'checked_in'))`;

const hasStopped = (ctx: ClinicContext): SQL => sql`exists (select 1 from patient_contact_points l
  join consents c on c.clinic_id = l.clinic_id and c.contact_point_id = l.contact_point_id and c.state = 'out'
  where l.clinic_id = ${ctx.clinic.id} and l.patient_id = p.id)`;
