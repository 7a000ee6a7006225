import type { freedSlots, waitlistEntries, waitlistOffers } from "@/db/schema/waitlist";
import { dayIn, weekdayOf } from "@/lib/core/zone";
import type { ClinicPlan } from "./plan";
import { idsFrom, randomFrom } from "./random";

type Row<T extends { $inferInsert: object }> = Omit<T["$inferInsert"], "clinicId">;

export interface WaitlistPlanned {
  entries: (Row<typeof waitlistEntries> & { id: string })[];
  slots: Row<typeof freedSlots>[];
  offers: Row<typeof waitlistOffers>[];
}

const [MINUTE, DAY] = [60_000, 86_400_000];
const WAITING = 9;
const NOTES = ["Works early shifts", null, null, "Lives ten minutes away", null];

/**
 * Who waits in a demo clinic, and one time that has just come free and is being offered to two of them. All is drawn from
 * chances of its own, so that nothing else of the clinic depends on it. The others want other days: the offer ends there.
 */
export function planWaitlist(plan: ClinicPlan, now: Date): WaitlistPlanned {
  const { blueprint, visits } = plan;
  const random = randomFrom(blueprint.seed + 3);
  const id = idsFrom(random, new Date(now.getTime() - DAY));
  const freed = visits.find(({ status, startsAt }) => status === "cancelled" && startsAt.getTime() > now.getTime() + DAY);
  const ahead = visits.filter(
    ({ status, startsAt }) => status === "scheduled" && startsAt.getTime() > (freed?.startsAt ?? now).getTime() + DAY,
  );
  const own = [...new Map(ahead.map((visit) => [visit.patientId, visit])).values()].slice(0, WAITING);
  const freedDay = freed ? weekdayOf(dayIn(freed.startsAt, blueprint.clinic.timeZone)) : 1;
  const entries = own.map((visit, at) => ({
    ...{ id: id(), patientId: visit.patientId, serviceId: visit.serviceId, appointmentId: visit.id },
    urgency: (["urgent", "normal", "normal", "flexible"] as const)[at % 4],
    // Only the first three have the day that came free.
    weekdays: at < 3 ? [] : [1, 2, 3, 4, 5].filter((day) => day !== freedDay).slice(at % 2, 3),
    ...(at % 3 === 1 && { notBefore: "08:00", notAfter: "12:00" }),
    source: (["bot", "bot", "staff"] as const)[at % 3] ?? "bot",
    askedAt: new Date(now.getTime() - (at + 1) * 2 * DAY),
    note: (blueprint.clinic.defaultLocale === "en" ? NOTES[at % NOTES.length] : null) ?? null,
  }));
  if (!freed || entries.length < 3) return { entries, slots: [], offers: [] };
  const slotId = id();
  const offeredAt = new Date(now.getTime() - 4 * MINUTE);
  const expiresAt = new Date(offeredAt.getTime() + 20 * MINUTE);
  const slots = [
    {
      ...{ id: slotId, appointmentId: freed.id, providerId: freed.providerId },
      ...{ startsAt: freed.startsAt, endsAt: freed.endsAt, cause: "cancelled" as const, freedAt: offeredAt },
      ...{ batches: 1, dueAt: expiresAt },
    },
  ];
  const outcomes = ["sent", "declined", "refused"] as const;
  const offers = entries.slice(0, 3).map(({ id: entryId, patientId }, at) => {
    const status = outcomes[at] ?? "sent";
    const answer = status === "declined" && { answeredAt: new Date(now.getTime() - MINUTE), answeredBy: "patient" as const };
    return {
      ...{ id: id(), slotId, entryId, patientId, providerId: freed.providerId, startsAt: freed.startsAt },
      ...{ batch: 1, madeBy: "sweep" as const, status, offeredAt, expiresAt, ...answer },
      reason: status === "refused" ? "staff_hold" : null,
      countedDay: status === "refused" ? null : dayIn(now, blueprint.clinic.timeZone),
    };
  });
  return { entries, slots, offers };
}
