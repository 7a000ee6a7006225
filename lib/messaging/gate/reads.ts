import { and, asc, eq, gt, gte, inArray, isNull, max, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { appointmentEvents, appointments } from "@/db/schema/appointments";
import { conversations, messages, outbox } from "@/db/schema/messaging";
import { consents, contactPoints, patientContactPoints, patients } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";

/** Who is behind a contact point, and where else they are reached. */
export interface Behind {
  patientIds: string[];
  zones: string[];
  languages: string[];
  /** All contact points of these people, this one among them. */
  pointIds: string[];
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

export async function readBehindIn(tx: Tx, ctx: ClinicContext, pointIds: string[]): Promise<Map<string, Behind>> {
  const [mine, theirs] = [alias(patientContactPoints, "mine"), alias(patientContactPoints, "theirs")];
  const rows = await tx
    .select({
      pointId: mine.contactPointId,
      patientId: mine.patientId,
      zone: patients.timeZone,
      language: patients.language,
      otherId: theirs.contactPointId,
    })
    .from(mine)
    .innerJoin(patients, and(eq(patients.clinicId, mine.clinicId), eq(patients.id, mine.patientId)))
    .innerJoin(theirs, and(eq(theirs.clinicId, mine.clinicId), eq(theirs.patientId, mine.patientId)))
    .where(
      and(...[eq(mine.clinicId, ctx.clinic.id), inArray(mine.contactPointId, pointIds)], isNull(patients.mergedIntoId)),
    );
  const behind = new Map<string, Behind>();
  for (const pointId of pointIds) {
    const own = rows.filter((row) => row.pointId === pointId);
    behind.set(pointId, {
      patientIds: unique(own.map((row) => row.patientId)),
      zones: unique(own.flatMap((row) => row.zone ?? [])),
      languages: unique(own.flatMap((row) => row.language ?? [])),
      pointIds: unique([pointId, ...own.map((row) => row.otherId)]),
    });
  }
  return behind;
}

export type Lock = "none" | "share" | "exclusive";
export type Point = Pick<typeof contactPoints.$inferSelect, "id" | "kind" | "value"> & {
  unreachableSince: Date | null;
  unreachableReason: string | null;
};

/**
 * The contact points, locked in order of id. A stop that is being written either waits for this claim or has been
 * committed, and then the reads that follow see it; exclusively, two claims count one person's messages one after the other.
 */
export async function lockPointsIn(tx: Tx, ctx: ClinicContext, ids: string[], lock: Lock): Promise<Map<string, Point>> {
  const { id, kind, value, unreachableSince, unreachableReason } = contactPoints;
  const read = tx
    .select({ id, kind, value, unreachableSince, unreachableReason })
    .from(contactPoints)
    .where(and(eq(contactPoints.clinicId, ctx.clinic.id), inArray(id, ids)))
    .orderBy(asc(id));
  const rows = await (lock === "none" ? read : read.for(lock === "share" ? "share" : "no key update"));
  return new Map(rows.map((row) => [row.id, row]));
}

export const readConsentsIn = (tx: Tx, ctx: ClinicContext, pointIds: string[]) =>
  tx
    .select()
    .from(consents)
    .where(and(eq(consents.clinicId, ctx.clinic.id), inArray(consents.contactPointId, pointIds)));

/** Every thread of these contact points, on any channel. */
export const readThreadsIn = (tx: Tx, ctx: ClinicContext, pointIds: string[]) =>
  tx
    .select({
      id: conversations.id,
      channelId: conversations.channelId,
      contactPointId: conversations.contactPointId,
      holder: conversations.holder,
      status: conversations.status,
      language: conversations.language,
      patientId: conversations.patientId,
      lastInboundAt: conversations.lastInboundAt,
    })
    .from(conversations)
    .where(and(eq(conversations.clinicId, ctx.clinic.id), inArray(conversations.contactPointId, pointIds)));

const COUNTED = ["reminder", "offer", "marketing"] as const;
const WENT_OUT = ["sending", "sent", "delivered", "read", "unknown"] as const;
/** Longer than any message waits between being written and being sent. */
const WRITTEN_WITHIN_DAYS = 30;
const SENT_WITHIN_DAYS = 8;

/** What went to these contact points on a schedule or to many, in the last week and a day. */
export const readSentIn = (tx: Tx, ctx: ClinicContext, pointIds: string[]) => {
  const since = (days: number) => new Date(ctx.now().getTime() - days * 86_400_000);
  return tx
    .select({
      messageId: messages.id,
      pointId: conversations.contactPointId,
      sendClass: messages.sendClass,
      text: messages.text,
      at: sql<Date>`coalesce(${messages.sentAt}, case when ${messages.status} = 'unknown' then ${messages.occurredAt}
        else ${ctx.now()}::timestamptz end)`.mapWith(messages.sentAt),
    })
    .from(conversations)
    .innerJoin(
      messages,
      and(eq(messages.clinicId, conversations.clinicId), eq(messages.conversationId, conversations.id)),
    )
    .innerJoin(outbox, and(eq(outbox.clinicId, messages.clinicId), eq(outbox.messageId, messages.id)))
    .where(
      and(
        ...[eq(conversations.clinicId, ctx.clinic.id), inArray(conversations.contactPointId, pointIds)],
        ...[inArray(messages.sendClass, COUNTED), inArray(messages.status, WENT_OUT)],
        // What another way took over is that other way's.
        isNull(outbox.supersededAt),
        gt(messages.occurredAt, since(WRITTEN_WITHIN_DAYS)),
        or(isNull(messages.sentAt), gt(messages.sentAt, since(SENT_WITHIN_DAYS))),
      ),
    );
};

/** Which of these people have a visit ahead. */
export async function readBookedIn(tx: Tx, ctx: ClinicContext, patientIds: string[]): Promise<Set<string>> {
  if (patientIds.length === 0) return new Set();
  const rows = await tx
    .selectDistinct({ patientId: appointments.patientId })
    .from(appointments)
    .where(
      and(
        ...[eq(appointments.clinicId, ctx.clinic.id), inArray(appointments.patientId, patientIds)],
        inArray(appointments.status, ["scheduled", "checked_in"]),
        gt(appointments.startsAt, ctx.now()),
      ),
    );
  return new Set(rows.flatMap(({ patientId }) => patientId ?? []));
}

/** When each of these people last booked, moved, cancelled or confirmed a visit themselves, of what was since then. */
export async function readActsIn(
  tx: Tx,
  ctx: ClinicContext,
  patientIds: string[],
  since: Date,
): Promise<Map<string, Date>> {
  if (patientIds.length === 0) return new Map();
  const rows = await tx
    .select({ patientId: appointments.patientId, at: max(appointmentEvents.at) })
    .from(appointmentEvents)
    .innerJoin(
      appointments,
      and(eq(appointments.clinicId, appointmentEvents.clinicId), eq(appointments.id, appointmentEvents.appointmentId)),
    )
    .where(
      and(
        ...[eq(appointmentEvents.clinicId, ctx.clinic.id), eq(appointmentEvents.actorType, "patient")],
        ...[gte(appointmentEvents.at, since), inArray(appointments.patientId, patientIds)],
      ),
    )
    .groupBy(appointments.patientId);
  return new Map(rows.flatMap(({ patientId, at }) => (patientId && at ? [[patientId, at]] : [])));
}
