import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { type patients } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { camelKeys, type CamelKeys } from "@/lib/core/keys";
import { dayIn } from "@/lib/core/zone";
import { addressFor, phoneFor, readPatientsIn } from "./read";
import { ContactPointItem, type PatientDetail } from "./schema";

type Row = typeof patients.$inferSelect;
type Detail = CamelKeys<PatientDetail>;

/** All that a patient's page shows above the timeline; addresses as the caller may see them. */
export async function readDetailIn(tx: Tx, ctx: ClinicContext, row: Row): Promise<Detail> {
  const [summary] = await readPatientsIn(tx, ctx, [row.id]);
  const { id, name, language, patientType, nextFollowUpDate, birthDate, timeZone, createdFrom, mergedIntoId } = row;
  return {
    ...{ id, name, language, patientType, nextFollowUpDate, birthDate, timeZone, createdFrom, mergedIntoId },
    phone: summary?.phone ?? null,
    email: summary?.email ?? null,
    createdAt: row.createdAt.toISOString(),
    age: birthDate ? ageOn(birthDate, dayIn(ctx.now(), ctx.clinic.timeZone)) : null,
    nextVisit: await nextVisitOf(tx, ctx, id),
    counts: await countsOf(tx, ctx, id),
    contactPoints: await contactPointsOf(tx, ctx, id),
    conversations: await conversationsOf(tx, ctx, id),
    possibleDuplicates: mergedIntoId ? [] : await duplicatesOf(tx, ctx, row),
  };
}

/** Full years between two days. */
export function ageOn(birthDate: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return Math.max(0, today.slice(5) < birthDate.slice(5) ? years - 1 : years);
}

async function nextVisitOf(tx: Tx, ctx: ClinicContext, id: string): Promise<Detail["nextVisit"]> {
  const { rows } = await tx.execute<{ id: string; starts_at: Date; service: Record<string, string>; provider: string }>(
    sql`select a.id, a.starts_at, s.name as service, v.name as provider from appointments a
      join services s on s.clinic_id = a.clinic_id and s.id = a.service_id
      join providers v on v.clinic_id = a.clinic_id and v.id = a.provider_id
      where a.clinic_id = ${ctx.clinic.id} and a.patient_id = ${id} and a.starts_at >= ${ctx.now()}
        and a.status in ('scheduled', 'checked_in') order by a.starts_at limit 1`,
  );
  const [visit] = rows;
  if (!visit) return null;
  const service = visit.service[ctx.locale] ?? visit.service.en ?? Object.values(visit.service)[0] ?? "";
  return { id: visit.id, startsAt: new Date(visit.starts_at).toISOString(), service, provider: visit.provider };
}

const isoOf = (instant: string) => new Date(instant).toISOString();

const ContactPoints = z.array(ContactPointItem.omit({ is_masked: true }));

async function contactPointsOf(tx: Tx, ctx: ClinicContext, id: string): Promise<Detail["contactPoints"]> {
  const { rows } = await tx.execute(sql`
    select k.id, k.kind, k.value, l.relation, l.is_primary, to_json(k.unreachable_since)#>>'{}' as unreachable_since, k.unreachable_reason,
      coalesce((select json_agg(json_build_object('id', p.id, 'name', p.name, 'relation', o.relation) order by p.id)
        from patient_contact_points o join patients p on p.clinic_id = o.clinic_id and p.id = o.patient_id
        where o.clinic_id = l.clinic_id and o.contact_point_id = k.id and o.patient_id <> l.patient_id
          and p.merged_into_id is null), '[]') as shared_with,
      coalesce((select json_agg(json_build_object('channel_kind', c.channel_kind, 'purpose', c.purpose,
          'state', c.state, 'at', c.at, 'how', c.how, 'words', c.words) order by c.channel_kind, c.purpose desc)
        from consents c where c.clinic_id = l.clinic_id and c.contact_point_id = k.id), '[]') as consents
    from patient_contact_points l
    join contact_points k on k.clinic_id = l.clinic_id and k.id = l.contact_point_id
    where l.clinic_id = ${ctx.clinic.id} and l.patient_id = ${id}
    order by array_position(array['phone', 'whatsapp_user', 'email'], k.kind), l.is_primary desc, k.id`);
  return camelKeys(ContactPoints.parse(rows)).map((point) => ({
    ...point,
    ...shownTo(ctx, point),
    unreachableSince: point.unreachableSince && isoOf(point.unreachableSince),
    consents: point.consents.map((consent) => ({ ...consent, at: isoOf(consent.at) })),
  }));
}

function shownTo(ctx: ClinicContext, { kind, value }: { kind: "phone" | "email" | "whatsapp_user"; value: string }) {
  const shown = addressFor(ctx, kind, value);
  return { value: shown, isMasked: shown !== value };
}

/** What hangs on the record; expired holds are no visits. */
async function countsOf(tx: Tx, ctx: ClinicContext, id: string): Promise<Detail["counts"]> {
  const { rows } = await tx.execute<Detail["counts"]>(sql`
    select (select count(*)::int from appointments a
        where a.clinic_id = ${ctx.clinic.id} and a.patient_id = ${id} and a.status <> 'expired') as visits,
      (select count(*)::int from tasks t where t.clinic_id = ${ctx.clinic.id} and t.patient_id = ${id}) as tasks,
      (select count(*)::int from notes n where n.clinic_id = ${ctx.clinic.id} and n.patient_id = ${id}) as notes`);
  return rows[0] ?? { visits: 0, tasks: 0, notes: 0 };
}

async function conversationsOf(tx: Tx, ctx: ClinicContext, id: string): Promise<Detail["conversations"]> {
  const { rows } = await tx.execute<{ id: string; kind: string; last_message_at: Date | null }>(sql`
    select c.id, h.kind, c.last_message_at from conversations c
    join channels h on h.clinic_id = c.clinic_id and h.id = c.channel_id
    join patient_contact_points l on l.clinic_id = c.clinic_id and l.contact_point_id = c.contact_point_id
    where c.clinic_id = ${ctx.clinic.id} and l.patient_id = ${id}
    order by c.last_message_at desc nulls last, c.id limit 10`);
  return rows.map((row) => ({
    id: row.id,
    channelKind: row.kind,
    lastMessageAt: row.last_message_at ? new Date(row.last_message_at).toISOString() : null,
  }));
}

/** Others of the same name, or born the same day and reached at the same address: to be looked at, nothing more. */
async function duplicatesOf(tx: Tx, ctx: ClinicContext, row: Row): Promise<Detail["possibleDuplicates"]> {
  const { rows } = await tx.execute<{ id: string; name: string; phone: string | null; birth_date: string | null }>(sql`
    select p.id, p.name, p.birth_date::text, (select k.value from patient_contact_points l
        join contact_points k on k.clinic_id = l.clinic_id and k.id = l.contact_point_id
        where l.clinic_id = p.clinic_id and l.patient_id = p.id and k.kind = 'phone'
        order by l.is_primary desc, k.id limit 1) as phone
    from patients p where p.clinic_id = ${ctx.clinic.id} and p.id <> ${row.id} and p.merged_into_id is null
      and (p.name_key = ${row.nameKey} or (p.birth_date = ${row.birthDate}::date and p.id in (
        select o.patient_id from patient_contact_points m
        join patient_contact_points o on o.clinic_id = m.clinic_id and o.contact_point_id = m.contact_point_id
        where m.clinic_id = ${ctx.clinic.id} and m.patient_id = ${row.id})))
    order by p.name_key, p.id limit 5`);
  return rows.map(({ id, name, phone, birth_date }) => ({
    ...{ id, name, birthDate: birth_date },
    phone: phone ? phoneFor(ctx, phone) : null,
  }));
}
