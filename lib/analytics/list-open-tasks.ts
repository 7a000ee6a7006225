import { sql, type SQL } from "drizzle-orm";
import type { Scope } from "./rules";

const MOST = 10;

export interface OpenTasks {
  open: number;
  items: {
    id: string;
    reason: string;
    created_at: string;
    patient: { id: string; name: string } | null;
    conversation_id: string | null;
  }[];
}

/** What staff must do: emergencies, then the oldest; at most 10, and how many there are. One JSON value of `OpenTasks`. */
export const listOpenTasks = ({ clinicId }: Scope): SQL => sql`(
  select json_build_object(
    'open', (select count(*) from tasks where clinic_id = ${clinicId} and done_at is null),
    'items', coalesce(json_agg(json_build_object('id', t.id, 'reason', t.reason,
      'created_at', to_char(t.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'patient', case when p.id is null then null else json_build_object('id', p.id, 'name', p.name) end,
      'conversation_id', t.conversation_id)
      order by t.reason = 'emergency' desc, t.created_at), '[]'))
  from (
    select * from tasks where clinic_id = ${clinicId} and done_at is null
    order by reason = 'emergency' desc, created_at limit ${MOST}) t
  left join patients p on p.clinic_id = t.clinic_id and p.id = t.patient_id)`;
