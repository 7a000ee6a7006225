import { and, eq, inArray, notInArray } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { appointments } from "@/db/schema/appointments";
import { notes, tasks } from "@/db/schema/front-desk";
import { conversations } from "@/db/schema/messaging";
import { contactPoints, patientContactPoints, type MergedRows } from "@/db/schema/patients";
import { waitlistEntries } from "@/db/schema/waitlist";
import type { ClinicContext } from "@/lib/core/context";

/** As it is stored with a merge. `demotedIds`: addresses that were primary ones of the merged record. */
export const StoredRows = z.object({
  contactPointIds: z.array(z.string()),
  appointmentIds: z.array(z.string()),
  conversationIds: z.array(z.string()),
  taskIds: z.array(z.string()),
  noteIds: z.array(z.string()),
  waitingIds: z.array(z.string()).default([]),
  filledFields: z.array(z.string()),
  demotedIds: z.array(z.string()).default([]),
});
type Moved = Omit<MergedRows, "filledFields"> & { demotedIds: string[]; waitingIds: string[] };

const idsOf = (rows: { id: string }[]) => rows.map((row) => row.id);

/** Everything of `fromId` becomes `toId`'s; answers what was moved. Addresses that both have stay where they are. */
export async function moveRowsIn(tx: Tx, ctx: ClinicContext, toId: string, fromId: string): Promise<Moved> {
  const clinicId = ctx.clinic.id;
  const to = { patientId: toId };
  const { contactPointIds, demotedIds } = await moveAddressesIn(tx, ctx, toId, fromId);
  const moved = {
    appointmentIds: await tx
      .update(appointments)
      .set(to)
      .where(and(eq(appointments.clinicId, clinicId), eq(appointments.patientId, fromId)))
      .returning({ id: appointments.id }),
    conversationIds: await tx
      .update(conversations)
      .set(to)
      .where(and(eq(conversations.clinicId, clinicId), eq(conversations.patientId, fromId)))
      .returning({ id: conversations.id }),
    taskIds: await tx
      .update(tasks)
      .set(to)
      .where(and(eq(tasks.clinicId, clinicId), eq(tasks.patientId, fromId)))
      .returning({ id: tasks.id }),
    noteIds: await tx
      .update(notes)
      .set(to)
      .where(and(eq(notes.clinicId, clinicId), eq(notes.patientId, fromId)))
      .returning({ id: notes.id }),
  };
  return {
    ...{ contactPointIds, demotedIds },
    appointmentIds: idsOf(moved.appointmentIds),
    conversationIds: idsOf(moved.conversationIds),
    taskIds: idsOf(moved.taskIds),
    noteIds: idsOf(moved.noteIds),
    waitingIds: await moveWaitingIn(tx, ctx, toId, fromId),
  };
}

/** A person waits once for a service: where both records do, the kept one's place stands. */
async function moveWaitingIn(tx: Tx, ctx: ClinicContext, toId: string, fromId: string): Promise<string[]> {
  const waits = (patientId: string) =>
    and(
      eq(waitlistEntries.clinicId, ctx.clinic.id),
      eq(waitlistEntries.patientId, patientId),
      eq(waitlistEntries.status, "waiting"),
    );
  const own = tx.select({ id: waitlistEntries.serviceId }).from(waitlistEntries).where(waits(toId));
  return idsOf(
    await tx
      .update(waitlistEntries)
      .set({ patientId: toId })
      .where(and(waits(fromId), notInArray(waitlistEntries.serviceId, own)))
      .returning({ id: waitlistEntries.id }),
  );
}

const linksOf = (ctx: ClinicContext, patientId: string) =>
  and(eq(patientContactPoints.clinicId, ctx.clinic.id), eq(patientContactPoints.patientId, patientId));

/** The kept record's own primary address of a kind stays the first one. */
async function moveAddressesIn(tx: Tx, ctx: ClinicContext, toId: string, fromId: string) {
  const own = await readLinks(tx, ctx, toId);
  const rest = (await readLinks(tx, ctx, fromId)).filter((link) => !own.some((mine) => mine.id === link.id));
  const isTaken = (kind: string) => own.some((mine) => mine.kind === kind && mine.isPrimary);
  const contactPointIds = idsOf(rest);
  const demotedIds = idsOf(rest.filter((link) => link.isPrimary && isTaken(link.kind)));
  if (contactPointIds.length > 0)
    await tx
      .update(patientContactPoints)
      .set({ patientId: toId })
      .where(and(linksOf(ctx, fromId), inArray(patientContactPoints.contactPointId, contactPointIds)));
  if (demotedIds.length > 0)
    await tx
      .update(patientContactPoints)
      .set({ isPrimary: false })
      .where(and(linksOf(ctx, toId), inArray(patientContactPoints.contactPointId, demotedIds)));
  return { contactPointIds, demotedIds };
}

const readLinks = (tx: Tx, ctx: ClinicContext, patientId: string) =>
  tx
    .select({ id: contactPoints.id, kind: contactPoints.kind, isPrimary: patientContactPoints.isPrimary })
    .from(patientContactPoints)
    .innerJoin(
      contactPoints,
      and(
        eq(contactPoints.clinicId, patientContactPoints.clinicId),
        eq(contactPoints.id, patientContactPoints.contactPointId),
      ),
    )
    .where(linksOf(ctx, patientId));

/** Gives back what a merge moved, as far as it is still there; what came since stays. */
export async function moveBackIn(
  tx: Tx,
  ctx: ClinicContext,
  moved: z.output<typeof StoredRows>,
  { keptId, mergedId }: { keptId: string; mergedId: string },
): Promise<void> {
  const clinicId = ctx.clinic.id;
  const to = { patientId: mergedId };
  const { contactPointIds, demotedIds } = moved;
  const known = await readLinks(tx, ctx, mergedId);
  const links = and(linksOf(ctx, keptId), inArray(patientContactPoints.contactPointId, contactPointIds));
  const has = idsOf(known);
  const stays = has.length > 0 ? notInArray(patientContactPoints.contactPointId, has) : undefined;
  await tx.update(patientContactPoints).set(to).where(and(links, stays));
  if (demotedIds.length > 0)
    await tx
      .update(patientContactPoints)
      .set({ isPrimary: true })
      .where(and(linksOf(ctx, mergedId), inArray(patientContactPoints.contactPointId, demotedIds)));
  for (const [table, ids] of [
    [appointments, moved.appointmentIds],
    [conversations, moved.conversationIds],
    [tasks, moved.taskIds],
    [notes, moved.noteIds],
    [waitlistEntries, moved.waitingIds],
  ] as const)
    await tx
      .update(table)
      .set(to)
      .where(and(eq(table.clinicId, clinicId), eq(table.patientId, keptId), inArray(table.id, ids)));
}
