import type { Tx } from "@/db/client";
import { newId } from "@/db/ids";
import { channels } from "@/db/schema/channels";
import { contactPoints, patientContactPoints, patients } from "@/db/schema/patients";
import { operatories, providers, resources, scheduleHours } from "@/db/schema/resources";
import { serviceOperatories, serviceProviders, services, serviceSegments } from "@/db/schema/services";

/** Where rows go. The seed brings ids of its own, so that it writes the same rows every time. */
export interface Maker {
  tx: Tx;
  clinicId: string;
  id: () => string;
}
export const makerOf = (tx: Tx, clinicId: string): Maker => ({ tx, clinicId, id: newId });

/** Wall-time spans by ISO weekday. */
export type HoursOf = Record<number, readonly (readonly [from: string, to: string])[]>;

type Row<T extends { $inferInsert: unknown }> = Omit<T["$inferInsert"], "clinicId">;
export type ProviderRow = Row<typeof providers> & { hours: HoursOf };

/** Providers with their weekly hours, in the clinic's zone. */
export async function addProviders({ tx, clinicId, id }: Maker, rows: ProviderRow[]) {
  if (rows.length === 0) return [];
  await tx.insert(resources).values(rows.map((row) => ({ id: row.id, clinicId, kind: "provider" as const })));
  const made = await tx
    .insert(providers)
    .values(rows.map(({ hours: _, ...row }) => ({ ...row, clinicId })))
    .returning();
  const hours = rows.flatMap((row) =>
    Object.entries(row.hours).flatMap(([weekday, spans]) =>
      spans.map(([fromTime, toTime]) => ({
        id: id(),
        clinicId,
        providerId: row.id,
        weekday: Number(weekday),
        fromTime,
        toTime,
      })),
    ),
  );
  if (hours.length > 0) await tx.insert(scheduleHours).values(hours);
  return made;
}

export async function addOperatories({ tx, clinicId }: Maker, rows: Row<typeof operatories>[]) {
  if (rows.length === 0) return [];
  await tx.insert(resources).values(rows.map((row) => ({ id: row.id, clinicId, kind: "operatory" as const })));
  return tx
    .insert(operatories)
    .values(rows.map((row) => ({ ...row, clinicId })))
    .returning();
}

export type Segment = Pick<typeof serviceSegments.$inferInsert, "role" | "fromMinute" | "toMinute">;
export type ServiceRow = Row<typeof services> & {
  id: string;
  segments: readonly Segment[];
  providerIds: readonly string[];
  operatoryIds?: readonly string[];
};

/** Services with who takes part, who may lead them, and in which chairs (none listed: any). */
export async function addServices({ tx, clinicId, id }: Maker, rows: ServiceRow[]) {
  const made = await tx
    .insert(services)
    .values(rows.map(({ segments: _s, providerIds: _p, operatoryIds: _o, ...row }) => ({ ...row, clinicId })))
    .returning();
  const parts = rows.flatMap(({ id: serviceId, segments }) =>
    segments.map((part, position) => ({ ...part, id: id(), clinicId, serviceId, position })),
  );
  const leads = rows.flatMap(({ id: serviceId, providerIds }) =>
    providerIds.map((providerId) => ({ clinicId, serviceId, providerId })),
  );
  const chairs = rows.flatMap(({ id: serviceId, operatoryIds = [] }) =>
    operatoryIds.map((operatoryId) => ({ clinicId, serviceId, operatoryId })),
  );
  await tx.insert(serviceSegments).values(parts);
  if (leads.length > 0) await tx.insert(serviceProviders).values(leads);
  if (chairs.length > 0) await tx.insert(serviceOperatories).values(chairs);
  return made;
}

export type PatientRow = Row<typeof patients>;
export type ContactPointRow = Row<typeof contactPoints>;
export type PatientLink = Row<typeof patientContactPoints>;

/** People, the addresses at which they are reached, and which address reaches whom. */
export async function addPatients(
  { tx, clinicId }: Maker,
  rows: { patients: PatientRow[]; contactPoints: ContactPointRow[]; links: PatientLink[] },
): Promise<void> {
  await tx.insert(patients).values(rows.patients.map((row) => ({ ...row, clinicId })));
  await tx.insert(contactPoints).values(rows.contactPoints.map((row) => ({ ...row, clinicId })));
  await tx.insert(patientContactPoints).values(rows.links.map((row) => ({ ...row, clinicId })));
}

export const addChannels = ({ tx, clinicId }: Maker, rows: Row<typeof channels>[]) =>
  tx
    .insert(channels)
    .values(rows.map((row) => ({ ...row, clinicId })))
    .returning();
