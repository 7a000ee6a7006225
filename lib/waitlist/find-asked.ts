import { and, desc, eq, gt, inArray, isNull, notInArray, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointments } from "@/db/schema/appointments";
import { messages, outbox } from "@/db/schema/messaging";
import { services } from "@/db/schema/services";
import { waitlistEntries, waitlistOffers } from "@/db/schema/waitlist";
import type { ClinicContext } from "@/lib/core/context";
import { offerKey } from "./internal";

/** An offer that waits for an answer in a thread. */
export interface AskedOffer {
  id: string;
  patientId: string;
  serviceId: string;
  providerId: string;
  startsAt: Date;
  endsAt: Date;
  /** The visit that a yes would move. */
  visit: { id: string; startsAt: Date; endsAt: Date } | null;
  /** Nothing was written to them after it: a plain yes or no is its answer. */
  isLast: boolean;
}

/** The newest offer of a thread that nobody has answered, by whichever way it came; undefined when there is none. */
export async function findAskedIn(tx: Tx, ctx: ClinicContext, conversationId: string): Promise<AskedOffer | undefined> {
  const here = and(eq(messages.clinicId, ctx.clinic.id), eq(messages.conversationId, conversationId));
  const [found] = await tx
    .select({
      offer: waitlistOffers,
      messageId: messages.id,
      serviceId: waitlistEntries.serviceId,
      minutes: services.durationMinutes,
      visit: { id: appointments.id, startsAt: appointments.startsAt, endsAt: appointments.endsAt },
      visitStatus: appointments.status,
    })
    .from(messages)
    .innerJoin(outbox, and(eq(outbox.clinicId, messages.clinicId), eq(outbox.messageId, messages.id)))
    .innerJoin(
      waitlistOffers,
      and(
        eq(waitlistOffers.clinicId, outbox.clinicId),
        sql`${outbox.dedupeKey} = ${offerKey("")}::text || ${waitlistOffers.id}`,
      ),
    )
    .innerJoin(
      waitlistEntries,
      and(eq(waitlistEntries.clinicId, waitlistOffers.clinicId), eq(waitlistEntries.id, waitlistOffers.entryId)),
    )
    .innerJoin(
      services,
      and(eq(services.clinicId, waitlistEntries.clinicId), eq(services.id, waitlistEntries.serviceId)),
    )
    .leftJoin(
      appointments,
      and(eq(appointments.clinicId, waitlistEntries.clinicId), eq(appointments.id, waitlistEntries.appointmentId)),
    )
    .where(
      and(
        ...[here, eq(messages.sendClass, "offer"), isNull(waitlistOffers.answeredAt)],
        ...[gt(waitlistOffers.startsAt, ctx.now())],
        or(
          inArray(waitlistOffers.status, ["queued", "sent", "lapsed", "withdrawn"]),
          and(eq(waitlistOffers.status, "lost"), isNull(waitlistOffers.toldAt)),
        ),
      ),
    )
    .orderBy(desc(messages.occurredAt), desc(messages.id))
    .limit(1);
  if (!found) return undefined;
  const [last] = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(and(here, eq(messages.direction, "outbound"), notInArray(messages.status, ["suppressed", "failed"])))
    .orderBy(desc(messages.occurredAt), desc(messages.id))
    .limit(1);
  const { id, patientId, providerId, startsAt } = found.offer;
  const visit = found.visit && found.visitStatus === "scheduled" ? found.visit : null;
  const { serviceId, messageId, minutes } = found;
  const endsAt = new Date(startsAt.getTime() + minutes * 60_000);
  return { id, patientId, serviceId, providerId, startsAt, endsAt, visit, isLast: last?.id === messageId };
}
