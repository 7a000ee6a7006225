import { and, asc, count, desc, eq, sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointments } from "@/db/schema/appointments";
import { patients } from "@/db/schema/patients";
import { services } from "@/db/schema/services";
import { waitlistEntries } from "@/db/schema/waitlist";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { foldName } from "@/lib/patients/fold";
import { localName } from "@/lib/scheduling/read-visits";
import type { ListEntries } from "./schema";

const MOST_COUNTED = 10_000;
const FOUND_AT_MOST = 500;

/** Who waits, the longest first; `q` is a name or a number. */
export const listEntries = (ctx: ClinicContext, input: ListEntries) =>
  query(ctx, async (tx) => {
    const { page, limit } = input;
    const where = whereOf(ctx, input);
    const order = input.status === "waiting" ? asc(waitlistEntries.askedAt) : desc(waitlistEntries.updatedAt);
    const items = await readEntries(tx, ctx, where, { order, limit, offset: (page - 1) * limit });
    const counted = tx
      .select({ id: waitlistEntries.id })
      .from(waitlistEntries)
      .where(where)
      .limit(MOST_COUNTED)
      .as("c");
    const [total] = await tx.select({ n: count() }).from(counted);
    return ok({ items, page, limit, total: total?.n ?? 0, totalCapped: (total?.n ?? 0) >= MOST_COUNTED });
  }) satisfies Promise<Result<unknown>>;

/** One wish as the list shows it. NOT_FOUND. */
export const getEntry = (ctx: ClinicContext, id: string) =>
  query(ctx, async (tx) => {
    const mine = and(eq(waitlistEntries.clinicId, ctx.clinic.id), eq(waitlistEntries.id, id));
    const [entry] = await readEntries(tx, ctx, mine, { order: asc(waitlistEntries.id), limit: 1, offset: 0 });
    return entry ? ok(entry) : err("NOT_FOUND", { what: "waitlist_entry" });
  }) satisfies Promise<Result<unknown>>;

function whereOf(ctx: ClinicContext, { q, status, serviceId, providerId, patientId, urgency }: ListEntries) {
  const found = sql`${waitlistEntries.patientId} in (select search_patients(${foldName(q ?? "")}, ${FOUND_AT_MOST}))`;
  const names = sql`exists (select 1 from waitlist_entry_providers w where w.clinic_id = ${waitlistEntries.clinicId}
    and w.entry_id = ${waitlistEntries.id} and w.provider_id = ${providerId ?? null})`;
  return and(
    ...[eq(waitlistEntries.clinicId, ctx.clinic.id), eq(waitlistEntries.status, status)],
    q ? found : undefined,
    serviceId ? eq(waitlistEntries.serviceId, serviceId) : undefined,
    patientId ? eq(waitlistEntries.patientId, patientId) : undefined,
    urgency ? eq(waitlistEntries.urgency, urgency) : undefined,
    providerId ? names : undefined,
  );
}

/** The providers named, as a list of their ids and names. */
const providers = sql<{ id: string; name: string }[]>`coalesce((
  select json_agg(json_build_object('id', p.id, 'name', p.name) order by p.position, p.id)
  from waitlist_entry_providers w join providers p on p.clinic_id = w.clinic_id and p.id = w.provider_id
  where w.clinic_id = ${waitlistEntries.clinicId} and w.entry_id = ${waitlistEntries.id}), '[]')`;

const offersHad = sql<number>`(select count(*) from waitlist_offers o where o.clinic_id = ${waitlistEntries.clinicId}
  and o.entry_id = ${waitlistEntries.id} and o.counted_day is not null)`.mapWith(Number);

interface Part {
  order: SQL;
  limit: number;
  offset: number;
}

async function readEntries(tx: Tx, ctx: ClinicContext, where: SQL | undefined, { order, limit, offset }: Part) {
  const rows = await tx
    .select({
      entry: waitlistEntries,
      patientName: patients.name,
      serviceName: services.name,
      serviceColor: services.color,
      ...{ visitStartsAt: appointments.startsAt, visitStatus: appointments.status, providers, offersHad },
    })
    .from(waitlistEntries)
    .innerJoin(
      patients,
      and(eq(patients.clinicId, waitlistEntries.clinicId), eq(patients.id, waitlistEntries.patientId)),
    )
    .innerJoin(
      services,
      and(eq(services.clinicId, waitlistEntries.clinicId), eq(services.id, waitlistEntries.serviceId)),
    )
    .leftJoin(
      appointments,
      and(eq(appointments.clinicId, waitlistEntries.clinicId), eq(appointments.id, waitlistEntries.appointmentId)),
    )
    .where(where)
    .orderBy(order, asc(waitlistEntries.id))
    .limit(limit)
    .offset(offset);
  return rows.map(({ entry, patientName, serviceName, serviceColor, visitStartsAt, visitStatus, ...row }) => ({
    ...{ id: entry.id, status: entry.status, urgency: entry.urgency, source: entry.source, note: entry.note },
    ...{ weekdays: entry.weekdays, notBefore: entry.notBefore, notAfter: entry.notAfter },
    ...{ firstDay: entry.firstDay, lastDay: entry.lastDay, askedAt: entry.askedAt },
    patient: { id: entry.patientId, name: patientName },
    service: { id: entry.serviceId, name: localName(serviceName, ctx.locale), color: serviceColor },
    providers: row.providers,
    visit:
      entry.appointmentId && visitStartsAt
        ? { id: entry.appointmentId, startsAt: visitStartsAt, status: visitStatus }
        : null,
    conversationId: entry.conversationId,
    offersHad: row.offersHad,
  }));
}
