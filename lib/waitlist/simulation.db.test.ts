import { and, eq, inArray, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "@/db/ids";
import { appointments } from "@/db/schema/appointments";
import { conversations, messages } from "@/db/schema/messaging";
import { contactPoints, patientContactPoints, patients } from "@/db/schema/patients";
import { freedSlots, waitlistEntries, waitlistOffers } from "@/db/schema/waitlist";
import { inClinic, makeProvider, makeService } from "@/db/testing/make";
import { makeDue } from "@/db/testing/make-outbox";
import { makeVisit } from "@/db/testing/make-visit";
import { at, listOffers, listSlots, makeSlotsDue, makeWaitlistClinic, WAITLIST_DAY } from "@/db/testing/make-waitlist";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import { dayIn, timeIn } from "@/lib/core/zone";
import { deliverClinic } from "@/lib/messaging/outbox/deliver";
import { cancelAppointment } from "@/lib/scheduling/cancel";
import { claimOffer, type Claimed } from "./claim";
import { stepSlotIn } from "./fill-slot";
import { CASCADE_SLOTS, MOST_OPEN_OFFERS } from "./rules";
import { sweepSlots } from "./sweep";

const ZONE = "America/New_York";
const HOUR = 3_600_000;
/** The whole of it, with SIMULATION=whole, takes a minute. */
const [WAITING, CANCELLED] = process.env.SIMULATION === "whole" ? [200, 50] : [40, 12];

async function makeCrowd(ctx: ClinicContext, lineId: string, serviceId: string, providerId: string) {
  const { clinic } = ctx;
  const people = Array.from({ length: WAITING }, (_, n) => ({
    ...{ patientId: newId(), pointId: newId(), threadId: newId(), entryId: newId() },
    name: `Waiting ${n}`,
  }));
  const clinicId = clinic.id;
  const starts = workingStarts("2026-03-16", people.length);
  const visitOf = new Map<string, string>();
  await inClinic(ctx, async (tx) => {
    await tx.insert(patients).values(
      people.map(({ patientId: id, name }) => ({
        id,
        clinicId,
        name,
        nameKey: name.toLowerCase(),
        createdFrom: "SMS" as const,
      })),
    );
    await tx
      .insert(contactPoints)
      .values(
        people.map(({ pointId: id }, n) => ({ id, clinicId, kind: "phone" as const, value: `+1202555${1000 + n}` })),
      );
    await tx.insert(patientContactPoints).values(
      people.map(({ patientId, pointId }) => ({
        clinicId,
        patientId,
        contactPointId: pointId,
        relation: "self" as const,
      })),
    );
    await tx
      .insert(conversations)
      .values(
        people.map(({ threadId: id, pointId }) => ({ id, clinicId, channelId: lineId, contactPointId: pointId })),
      );
  });
  // Every other one has a visit that they would give up.
  for (const [n, { patientId, entryId }] of people.entries()) {
    const startsAt = starts[n];
    if (n % 2 === 0 && startsAt)
      visitOf.set(entryId, (await makeVisit(ctx, { patientId, serviceId, providerId, startsAt })).id);
  }
  await inClinic(ctx, (tx) =>
    tx.insert(waitlistEntries).values(
      people.map(({ entryId: id, patientId, threadId: conversationId }, n) => ({
        ...{
          id,
          clinicId,
          patientId,
          serviceId,
          conversationId,
          appointmentId: visitOf.get(id) ?? null,
          source: "bot" as const,
        },
        ...{
          urgency: (["flexible", "normal", "urgent"] as const)[n % 3],
          askedAt: new Date(ctx.now().getTime() - n * HOUR),
        },
      })),
    ),
  );
  return people;
}

/** Half hours of working days, 9 to 12 and 13 to 17 in New York (before the change of the clocks is over). */
function workingStarts(from: string, count: number): Date[] {
  const starts: Date[] = [];
  for (let day = Date.parse(`${from}T00:00:00Z`); starts.length < count; day += 24 * HOUR)
    for (let minute = 13 * 60; minute < 21 * 60 && starts.length < count; minute += 30) {
      const start = new Date(day + minute * 60_000);
      const [time, weekday] = [timeIn(start, ZONE), new Date(day).getUTCDay()];
      const isOpen = (time >= "09:00" && time < "12:00") || (time >= "13:00" && time < "17:00");
      if (weekday > 0 && weekday < 6 && isOpen) starts.push(start);
    }
  return starts;
}

/** A worker that dies in the middle of a step: nothing of it may be seen. */
async function diesInAStep(ctx: ClinicContext): Promise<void> {
  const died = transact(ctx, {}, async (tx) => {
    const [slot] = await tx
      .select()
      .from(freedSlots)
      .where(and(eq(freedSlots.clinicId, ctx.clinic.id), eq(freedSlots.status, "open")))
      .limit(1)
      .for("update", { skipLocked: true });
    if (slot) await stepSlotIn(tx, ctx, slot);
    throw new Error("killed");
  });
  await expect(died).rejects.toThrow("killed");
}

async function work(ctx: ClinicContext): Promise<void> {
  await makeSlotsDue(ctx);
  await diesInAStep(ctx);
  await Promise.all([sweepSlots(ctx), sweepSlots(ctx)]);
  await makeDue(ctx);
  await deliverClinic(ctx);
  await makeSlotsDue(ctx);
  unwrap(await sweepSlots(ctx));
}

interface Promised {
  slotId: string;
  entryId: string;
  visitId: string;
}

/** Four answer at once for each slot that three were asked about: the three, one of them twice. */
async function race(ctx: ClinicContext): Promise<Promised[]> {
  const asked = (await listOffers(ctx)).filter(({ status }) => status === "sent");
  const slots = [...new Set(asked.map(({ slotId }) => slotId))];
  const answers: { offer: (typeof asked)[number]; claimed: Claimed }[] = [];
  // Two slots at a time: a machine has only so many connections.
  for (let n = 0; n < slots.length; n += 2) {
    const own = slots.slice(n, n + 2).map((slotId) => asked.filter((offer) => offer.slotId === slotId));
    const racing = own.flatMap((three) => [...three, ...three.slice(0, 1)]);
    const claims = racing.map((offer) => claimOffer(ctx, { offerId: offer.id }));
    for (const [at, claimed] of (await Promise.all(claims)).entries()) {
      const offer = racing[at];
      if (offer) answers.push({ offer, claimed: unwrap(claimed) });
    }
  }
  return answers.flatMap(({ offer, claimed }) =>
    claimed.outcome === "yours" ? [{ slotId: offer.slotId, entryId: offer.entryId, visitId: claimed.visit.id }] : [],
  );
}

test(
  "with many waiting, times that come free and answers that race, nothing is filled, promised or asked twice, or at night",
  { timeout: 240_000 },
  async () => {
    const clinic = await makeWaitlistClinic();
    const { ctx, line, patient } = clinic;
    const [ada, samir] = [clinic.provider, clinic.other];
    const service = await makeService(ctx, { providerIds: [ada.id, samir.id] });
    const other = await makeProvider(ctx);
    const theirs = await makeService(ctx, { providerIds: [other.id, ada.id, samir.id] });
    const people = await makeCrowd(ctx, line.id, service.id, ada.id);
    const frees: string[] = [];
    for (const startsAt of workingStarts("2026-03-06", CANCELLED))
      frees.push(
        (await makeVisit(ctx, { patientId: patient.id, serviceId: theirs.id, providerId: samir.id, startsAt })).id,
      );

    const promised: Promised[] = [];
    const start = Date.parse(WAITLIST_DAY);
    // Some come free by night; the last ones leave time for the morning after.
    for (const [n, appointmentId] of frees.entries()) {
      const now = at(ctx, new Date(start + ((n * 3) % 40) * HOUR * (CANCELLED > 20 ? 1 : 2) * 0.5));
      unwrap(await cancelAppointment(now, { appointmentId }));
    }
    for (let hour = 0; hour < 72; hour += 6) {
      const now = at(ctx, new Date(start + hour * HOUR));
      await work(now);
      promised.push(...(await race(at(ctx, new Date(start + hour * HOUR + 60_000)))));
    }

    const [offers, slots] = [await listOffers(ctx), await listSlots(ctx)];
    const visits = await query(ctx, (tx) =>
      tx
        .select()
        .from(appointments)
        .where(
          inArray(
            appointments.id,
            promised.map(({ visitId }) => visitId),
          ),
        ),
    );
    // A promise is a visit that stands, of theirs, in the slot's time; one a slot, one a person.
    const yes = [...new Map(promised.map((one) => [`${one.slotId} ${one.entryId}`, one])).values()];
    expect(yes.length).toBeGreaterThan(CANCELLED / 2);
    expect(new Set(yes.map(({ slotId }) => slotId)).size).toBe(yes.length);
    expect(new Set(yes.map(({ entryId }) => entryId)).size).toBe(yes.length);
    for (const { slotId, entryId, visitId } of yes) {
      const slot = slots.find(({ id }) => id === slotId);
      const visit = visits.find(({ id }) => id === visitId);
      const person = people.find((one) => one.entryId === entryId);
      expect(visit).toMatchObject({ status: "scheduled", patientId: person?.patientId, providerId: slot?.providerId });
      expect([visit?.startsAt, slot?.status]).toEqual([slot?.startsAt, "filled"]);
    }
    const claimed = offers.filter(({ status }) => status === "claimed");
    expect(claimed.map(({ slotId }) => slotId).toSorted()).toEqual(yes.map(({ slotId }) => slotId).toSorted());
    // Nobody hears anything at night, more than one new offer a day, or has three open.
    const lines = await query(ctx, (tx) =>
      tx
        .select({ sendClass: messages.sendClass, sentAt: messages.sentAt, conversationId: messages.conversationId })
        .from(messages)
        .where(and(eq(messages.clinicId, ctx.clinic.id), sql`${messages.sentAt} is not null`)),
    );
    expect(lines.filter(({ sendClass }) => sendClass === "offer").length).toBeGreaterThan(CANCELLED);
    const times = lines.flatMap(({ sentAt }) => (sentAt ? [timeIn(sentAt, ZONE)] : []));
    expect(times.filter((time) => time < "09:00" || time >= "20:00")).toEqual([]);
    const days = lines.flatMap(({ sendClass, sentAt, conversationId }) =>
      sendClass === "offer" && sentAt ? [`${conversationId} ${dayIn(sentAt, ZONE)}`] : [],
    );
    expect(new Set(days).size).toBe(days.length);
    for (const one of offers) {
      const open = offers.filter(
        ({ patientId, offeredAt, expiresAt }) =>
          patientId === one.patientId && offeredAt <= one.offeredAt && one.offeredAt < expiresAt,
      );
      expect(open.length).toBeLessThanOrEqual(MOST_OPEN_OFFERS);
    }
    const offered = new Set(offers.map(({ slotId }) => slotId));
    expect(slots.filter(({ id, cascadeDepth }) => offered.has(id) && cascadeDepth >= CASCADE_SLOTS)).toEqual([]);
  },
);

test("one slot has one claim and one person one offer of a day, whatever the code does: the database refuses the second", async () => {
  const { ctx, makeWaiting, provider, cleaning, patient } = await makeWaitlistClinic();
  const startsAt = new Date("2026-03-04T15:00:00Z");
  const visit = await makeVisit(ctx, {
    patientId: patient.id,
    serviceId: cleaning.id,
    providerId: provider.id,
    startsAt,
  });
  const [one, two] = [await makeWaiting(), await makeWaiting()];
  unwrap(await cancelAppointment(ctx, { appointmentId: visit.id }));
  const [slot] = await listSlots(ctx);
  const row = (entryId: string, patientId: string, status: "claimed" | "sent", countedDay: string | null) => ({
    ...{
      clinicId: ctx.clinic.id,
      slotId: slot?.id ?? "",
      entryId,
      patientId,
      providerId: provider.id,
      startsAt,
      status,
      countedDay,
    },
    ...{ batch: 1, madeBy: "sweep" as const, offeredAt: ctx.now(), expiresAt: ctx.now() },
    appointmentId: status === "claimed" ? visit.id : null,
  });
  const write = (rows: ReturnType<typeof row>[]) => inClinic(ctx, (tx) => tx.insert(waitlistOffers).values(rows));
  const refusedBy = (name: string) => expect.objectContaining({ cause: expect.objectContaining({ constraint: name }) });
  const [a, b] = [[one.entryId, one.patient.id] as const, [two.entryId, two.patient.id] as const];
  await expect(write([row(...a, "claimed", null), row(...b, "claimed", null)])).rejects.toEqual(
    refusedBy("waitlist_offers_one_claim_uq"),
  );
  await expect(write([row(...a, "sent", null), row(...a, "sent", null)])).rejects.toEqual(
    refusedBy("waitlist_offers_one_open_uq"),
  );
  const day = "2026-03-02";
  await expect(write([row(...a, "claimed", day), row(...a, "sent", day)])).rejects.toEqual(
    refusedBy("waitlist_offers_one_a_day_uq"),
  );
});
