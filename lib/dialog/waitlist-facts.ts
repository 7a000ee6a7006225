import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { dayIn } from "@/lib/core/zone";
import { readVisit } from "@/lib/scheduling/read-visits";
import { findAskedIn } from "@/lib/waitlist/find-asked";
import type { WaitlistOfferFact } from "./decide/facts";
import type { TimeConstraint } from "./schema";

/** The offer of an earlier time that waits for an answer in this thread, as a decision reads it. */
export async function readWaitlistOfferIn(
  tx: Tx,
  ctx: ClinicContext,
  conversationId: string,
): Promise<WaitlistOfferFact | null> {
  const asked = await findAskedIn(tx, ctx, conversationId);
  if (!asked) return null;
  const { visit, startsAt, endsAt, ...offer } = asked;
  const whole = visit ? await readVisit(tx, ctx, visit.id) : undefined;
  return {
    ...offer,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    visit: whole
      ? {
          ...{ id: whole.id, patientId: whole.patient.id, confirmation: whole.confirmation },
          ...{ serviceId: whole.service.id, serviceName: whole.service.name },
          ...{ providerId: whole.provider.id, providerName: whole.provider.name },
          ...{ startsAt: whole.startsAt.toISOString(), endsAt: whole.endsAt.toISOString() },
        }
      : null,
  };
}

/**
 * What of a wish the waitlist can keep: days, weekdays and hours. A single named hour is one to be around: an hour on both
 * sides. "As soon as possible" is urgent.
 */
export function wishesOf(wish: TimeConstraint | null, now: string, { clinic: { timeZone } }: ClinicContext) {
  if (!wish) return {};
  const [range] = wish.days ?? [];
  const isAhead = range && (range.to === null || range.to >= dayIn(new Date(now), timeZone));
  const hour = wish.at ? Number(wish.at.slice(0, 2)) : undefined;
  const clock = (value: number) => `${String(Math.min(23, Math.max(0, value))).padStart(2, "0")}:00`;
  const notBefore = wish.notBefore ?? (hour === undefined ? undefined : clock(hour - 1));
  const notAfter = wish.notAfter ?? (hour === undefined ? undefined : clock(hour + 2));
  return {
    ...(wish.weekdays?.length && { weekdays: [...wish.weekdays] }),
    ...(notBefore && { notBefore }),
    ...(notAfter && { notAfter }),
    ...(isAhead && { firstDay: range.from, lastDay: range.to }),
    ...(wish.earliest && { urgency: "urgent" as const }),
  };
}
