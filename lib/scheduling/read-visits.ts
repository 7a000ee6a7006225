import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Localized } from "@/db/schema/services";
import type { ClinicContext } from "@/lib/core/context";
import { prepared } from "@/lib/core/prepared";
import { phoneFor } from "@/lib/patients/read";
import type { CreatedFrom, Confirmation, Status, Visit } from "./schema";

/** A visit as `visitRows` answers it. */
export interface VisitRow extends Record<string, unknown> {
  id: string;
  starts_at: Date;
  ends_at: Date;
  status: Status;
  confirmation: Confirmation;
  calendar_sync: Visit["calendarSync"];
  created_from: CreatedFrom;
  hold_expires_at: Date | null;
  running_late_minutes: number | null;
  cancel_reason: string | null;
  note: string | null;
  conversation_id: string | null;
  series_id: string | null;
  series_position: number | null;
  patient_id: string;
  patient_name: string;
  patient_phone: string | null;
  service_id: string;
  service_name: Localized;
  service_color: string;
  service_duration: number;
  provider_id: string;
  provider_name: string;
  operatory_id: string | null;
  operatory_name: string | null;
  segments: { resource_id: string; starts_at: string; ends_at: string }[];
}

/** Which visits, by conditions on `a` (appointments) and `p` (patients). */
export interface VisitsAsk {
  where: SQL;
  /** Where the visits and their segments come from when a statement has only just written them. */
  from?: { appointments: SQL; segments: SQL };
  orderBy?: SQL;
  limit?: number;
  offset?: number;
}

/** Visits with the names that people read; one statement, whatever the page's length. */
export async function readVisits(tx: Tx, ctx: ClinicContext, ask: VisitsAsk): Promise<Visit[]> {
  const { rows } = await tx.execute<VisitRow>(visitRows(ctx, ask));
  return rows.map((row) => visitOf(ctx, row));
}

const STORED = { appointments: sql`appointments`, segments: sql`appointment_segments` };

/** The same as the end of a statement that has written the visit: `visitOf` reads its row. */
export function visitRows(ctx: ClinicContext, ask: VisitsAsk): SQL {
  const { where, from = STORED, orderBy = sql`a.starts_at, a.id`, limit = 1000, offset = 0 } = ask;
  return sql`
    select a.id, a.starts_at, a.ends_at, a.status, a.confirmation, a.calendar_sync, a.created_from, a.hold_expires_at,
      a.running_late_minutes, a.cancel_reason, a.note, a.conversation_id, a.series_id, a.series_position,
      p.id as patient_id, p.name as patient_name, phone.value as patient_phone,
      s.id as service_id, s.name as service_name, s.color as service_color, s.duration_minutes as service_duration,
      v.id as provider_id, v.name as provider_name, o.id as operatory_id, o.name as operatory_name,
      coalesce(parts.segments, '[]') as segments
    from ${from.appointments} a
    join patients p on p.clinic_id = a.clinic_id and p.id = a.patient_id
    join services s on s.clinic_id = a.clinic_id and s.id = a.service_id
    join providers v on v.clinic_id = a.clinic_id and v.id = a.provider_id
    left join operatories o on o.clinic_id = a.clinic_id and o.id = a.operatory_id
    left join lateral (
      select k.value from patient_contact_points l
      join contact_points k on k.clinic_id = l.clinic_id and k.id = l.contact_point_id
      where l.clinic_id = a.clinic_id and l.patient_id = a.patient_id and k.kind = 'phone'
      order by l.is_primary desc, k.created_at limit 1) phone on true
    left join lateral (
      select json_agg(json_build_object('resource_id', t.resource_id,
        'starts_at', t.starts_at, 'ends_at', t.ends_at) order by t.starts_at, t.resource_id) as segments
      from ${from.segments} t
      where t.clinic_id = a.clinic_id and t.appointment_id = a.id) parts on true
    where a.clinic_id = ${ctx.clinic.id} and ${where}
    order by ${orderBy} limit ${limit} offset ${offset}`;
}

export async function readVisit(tx: Tx, ctx: ClinicContext, appointmentId: string): Promise<Visit | undefined> {
  const [row] = await prepared<VisitRow>(tx, visitRows(ctx, { where: sql`a.id = ${appointmentId}`, limit: 1 }));
  return row && visitOf(ctx, row);
}

/** A text in the reader's language, in English where there is none. */
export function localName(name: Localized, locale: string): string {
  const own = locale === "ar" || locale === "es" ? name[locale] : undefined;
  return own ?? name.en;
}

export const visitOf = (ctx: ClinicContext, row: VisitRow): Visit => ({
  id: row.id,
  startsAt: new Date(row.starts_at),
  endsAt: new Date(row.ends_at),
  status: row.status,
  confirmation: row.confirmation,
  calendarSync: row.calendar_sync,
  createdFrom: row.created_from,
  holdExpiresAt: row.hold_expires_at && new Date(row.hold_expires_at),
  runningLateMinutes: row.running_late_minutes,
  cancelReason: row.cancel_reason,
  note: row.note,
  conversationId: row.conversation_id,
  patient: {
    id: row.patient_id,
    name: row.patient_name,
    phone: row.patient_phone === null ? null : phoneFor(ctx, row.patient_phone),
  },
  service: {
    id: row.service_id,
    name: localName(row.service_name, ctx.locale),
    color: row.service_color,
    durationMinutes: row.service_duration,
  },
  provider: { id: row.provider_id, name: row.provider_name },
  operatory:
    row.operatory_id !== null && row.operatory_name !== null
      ? { id: row.operatory_id, name: row.operatory_name }
      : null,
  series: row.series_id === null ? null : { id: row.series_id, position: row.series_position ?? 0 },
  segments: row.segments.map((part) => ({
    resourceId: part.resource_id,
    startsAt: new Date(part.starts_at),
    endsAt: new Date(part.ends_at),
  })),
});
