import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { appointments } from "@/db/schema/appointments";
import { conversations, messages } from "@/db/schema/messaging";
import { waitlistEntries } from "@/db/schema/waitlist";
import { inClinic } from "@/db/testing/make";
import { makeDue } from "@/db/testing/make-outbox";
import { makeVisit } from "@/db/testing/make-visit";
import { at, listOffers, listSlots, makeSlotsDue, makeWaitlistClinic, WAITLIST_DAY } from "@/db/testing/make-waitlist";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { recordConsentIn } from "@/lib/messaging/consents/consent";
import { deliverClinic } from "@/lib/messaging/outbox/deliver";
import { cancelAppointment } from "@/lib/scheduling/cancel";
import { rescheduleAppointment } from "@/lib/scheduling/reschedule";
import { undoStep } from "@/lib/scheduling/undo";
import { claimOffer } from "./claim";
import { declineOffer } from "./decline";
import { offerByHand } from "./offer-by-hand";
import { resumeSlot, stopSlot } from "./stop-slot";
import { clinicsWithFreedSlots, sweepSlots } from "./sweep";

const FREED = new Date("2026-03-04T15:00:00Z");
const LATER = (n: number) => new Date(Date.parse("2026-03-10T14:00:00Z") + n * 1_800_000);
const minutes = (n: number) => new Date(Date.parse(WAITLIST_DAY) + n * 60_000);

async function makeFreed(waiting = 5) {
  const clinic = await makeWaitlistClinic();
  const { ctx, patient, provider, cleaning, makeWaiting } = clinic;
  const ids = { patientId: patient.id, serviceId: cleaning.id, providerId: provider.id };
  const visit = await makeVisit(ctx, { ...ids, startsAt: FREED });
  const people = [];
  for (let n = 0; n < waiting; n++) people.push(await makeWaiting({ visitAt: LATER(n) }));
  unwrap(await cancelAppointment(ctx, { appointmentId: visit.id }));
  return { ...clinic, visit, people };
}

async function work(ctx: ClinicContext) {
  await makeSlotsDue(ctx);
  unwrap(await sweepSlots(ctx));
  await makeDue(ctx);
  await deliverClinic(ctx);
}

const said = (ctx: ClinicContext, conversationId: string) =>
  query(ctx, (tx) =>
    tx
      .select({ text: messages.text, sendClass: messages.sendClass, status: messages.status })
      .from(messages)
      .where(eq(messages.conversationId, conversationId))
      .orderBy(messages.occurredAt),
  );
const statuses = async (ctx: ClinicContext) => (await listOffers(ctx)).map(({ status }) => status);
const visitOf = (people: { entryId: string; visit: { startsAt: Date } | undefined }[], entryId: string): number =>
  people.find((one) => one.entryId === entryId)?.visit?.startsAt.getTime() ?? 0;
const startOf = async (ctx: ClinicContext, id: string) =>
  (await query(ctx, (tx) => tx.select().from(appointments).where(eq(appointments.id, id))))[0];

test("a cancel frees its time in the same commit, and three of those who wait are asked at once", async () => {
  const { ctx, people } = await makeFreed();
  expect(await listSlots(ctx)).toMatchObject([
    { status: "open", cause: "cancelled", startsAt: FREED, cascadeDepth: 0 },
  ]);
  expect(await clinicsWithFreedSlots()).toContain(ctx.clinic.id);
  await work(ctx);
  await work(ctx);
  const offers = await listOffers(ctx);
  expect(offers.map(({ status, batch }) => [status, batch])).toEqual([
    ["sent", 1],
    ["sent", 1],
    ["sent", 1],
  ]);
  expect(offers.every(({ startsAt }) => startsAt.getTime() === FREED.getTime())).toBe(true);
  const [first] = offers;
  const thread = people.find(({ entryId }) => entryId === first?.entryId)?.thread.id ?? "";
  const [offer] = await said(ctx, thread);
  expect(offer).toMatchObject({ sendClass: "offer", status: "delivered" });
  expect(offer?.text).toContain("Wednesday, March 4");
  expect(offer?.text).toContain("Dr. Ada Moreno");
});

test("the next three are asked after twenty minutes, at once when all have declined, and who was asked is not again", async () => {
  const { ctx } = await makeFreed(7);
  await work(ctx);
  await work(at(ctx, minutes(19)));
  expect(await statuses(ctx)).toHaveLength(3);
  await work(at(ctx, minutes(20)));
  expect(await statuses(ctx)).toEqual(["lapsed", "lapsed", "lapsed", "queued", "queued", "queued"]);
  await work(at(ctx, minutes(21)));
  for (const { id, status } of await listOffers(ctx))
    if (status === "sent") unwrap(await declineOffer(ctx, { offerId: id }));
  unwrap(await sweepSlots(at(ctx, minutes(22))));
  const offers = await listOffers(ctx);
  expect(offers.map(({ batch }) => batch)).toEqual([1, 1, 1, 2, 2, 2, 3]);
  expect(new Set(offers.map(({ entryId }) => entryId)).size).toBe(7);
});

test("of four that answer at once one has it, their old visit is moved, and the losers are told once and keep their place", async () => {
  const { ctx, people } = await makeFreed(4);
  await work(ctx);
  await work(at(ctx, minutes(20)));
  await work(at(ctx, minutes(21)));
  const offers = await listOffers(ctx);
  expect(offers).toHaveLength(4);
  const answers = await Promise.all(offers.map(({ id }) => claimOffer(at(ctx, minutes(22)), { offerId: id })));
  const outcomes = answers.map((answer) => unwrap(answer).outcome);
  expect(outcomes.filter((one) => one === "yours")).toHaveLength(1);
  const winner = people.find(({ entryId }) => entryId === offers[outcomes.indexOf("yours")]?.entryId);
  expect(await startOf(ctx, winner?.visit?.id ?? "")).toMatchObject({ startsAt: FREED, status: "scheduled" });
  await work(at(ctx, minutes(23)));
  await work(at(ctx, minutes(24)));
  for (const one of people.filter((person) => person !== winner)) {
    const lines = await said(ctx, one.thread.id);
    expect(lines.filter(({ sendClass }) => sendClass === "service")).toHaveLength(0); // their own turn tells them
    const [entry] = await query(ctx, (tx) =>
      tx.select().from(waitlistEntries).where(eq(waitlistEntries.id, one.entryId)),
    );
    expect(entry?.status).toBe("waiting");
  }
  const [, second] = await listSlots(ctx);
  expect(second).toMatchObject({ cascadeDepth: 1, cause: "moved", startsAt: winner?.visit?.startsAt });
});

test("who was asked and has not answered when another took it hears so once, and a time that was still queued is taken back", async () => {
  const { ctx, people } = await makeFreed(3);
  await work(ctx);
  const [first, ...others] = await listOffers(ctx);
  unwrap(await claimOffer(at(ctx, minutes(1)), { offerId: first?.id ?? "" }));
  await work(at(ctx, minutes(2)));
  await work(at(ctx, minutes(3)));
  for (const offer of others) {
    const thread = people.find(({ entryId }) => entryId === offer.entryId)?.thread.id ?? "";
    const lines = await said(ctx, thread);
    expect(lines.map(({ sendClass }) => sendClass)).toEqual(["offer", "service"]);
    expect(lines[1]?.text).toContain("keep your place");
  }
  const again = await makeFreed(3);
  unwrap(await sweepSlots(again.ctx)); // written, and nothing delivered yet
  const [one] = await listOffers(again.ctx);
  unwrap(await claimOffer(again.ctx, { offerId: one?.id ?? "" }));
  await work(at(again.ctx, minutes(2)));
  const [slot] = await listSlots(again.ctx);
  const ended = (await listOffers(again.ctx, slot?.id)).map(({ status }) => status);
  expect(ended.toSorted()).toEqual(["claimed", "withdrawn", "withdrawn"]);
});

test("nobody is asked at night, in the last two hours, or after their one offer of the day", async () => {
  const night = await makeFreed(3);
  const evening = at(night.ctx, "2026-03-03T03:00:00Z");
  await work(evening);
  expect(await listOffers(night.ctx)).toEqual([]);
  expect(await listSlots(night.ctx)).toMatchObject([{ status: "open" }]);
  await work(at(night.ctx, "2026-03-03T14:05:00Z"));
  expect(await listOffers(night.ctx)).toHaveLength(3);

  const late = await makeFreed(3);
  await work(at(late.ctx, "2026-03-04T13:30:00Z"));
  expect(await listOffers(late.ctx)).toEqual([]);
  expect(await listSlots(late.ctx)).toMatchObject([{ status: "over", endedBecause: "too_late", dueAt: null }]);

  const twice = await makeFreed(2);
  await work(twice.ctx);
  const next = await makeVisit(twice.ctx, {
    ...{ patientId: twice.patient.id, serviceId: twice.cleaning.id, providerId: twice.provider.id },
    startsAt: new Date("2026-03-05T15:00:00Z"),
  });
  unwrap(await cancelAppointment(at(twice.ctx, minutes(40)), { appointmentId: next.id }));
  await work(at(twice.ctx, minutes(41)));
  const [, slot] = await listSlots(twice.ctx);
  expect(await listOffers(twice.ctx, slot?.id)).toEqual([]);
  expect(slot).toMatchObject({ status: "open" });
});

test("a time that somebody has booked again is over, those who were asked are told, and a late yes is answered so", async () => {
  const { ctx, visit } = await makeFreed(1);
  await work(ctx);
  unwrap(
    await undoStep(at(ctx, minutes(1), { type: "user", id: visit.id, name: "Desk" }), {
      appointmentId: visit.id,
    }),
  );
  const [offer] = await listOffers(ctx);
  const answer = unwrap(await claimOffer(at(ctx, minutes(2)), { offerId: offer?.id ?? "" }));
  expect(answer).toMatchObject({ outcome: "gone", isStillWaiting: true });
  expect(await listSlots(ctx)).toMatchObject([{ status: "over", endedBecause: "taken" }]);
});

test("a time freed by a move is offered as well as one by a cancel, in the language of the thread", async () => {
  const { ctx, provider, people } = await makeFreed(1);
  const mover = people[0]?.visit;
  unwrap(
    await rescheduleAppointment(at(ctx, minutes(1)), {
      appointmentId: mover?.id ?? "",
      providerId: provider.id,
      startsAt: LATER(9),
    }),
  );
  expect(await listSlots(ctx)).toMatchObject([{ cause: "cancelled" }, { cause: "moved", startsAt: LATER(0) }]);
  await inClinic(ctx, (tx) => tx.update(conversations).set({ language: "es" }));
  await work(at(ctx, minutes(2)));
  const [line] = await said(ctx, people[0]?.thread.id ?? "");
  expect(line?.text).toContain("miércoles, 4 de marzo");
});

test("a slot that staff stop is nobody's: no one else is asked and a yes to it is answered kindly, until they go on", async () => {
  const { ctx } = await makeFreed(4);
  await work(ctx);
  const [slot] = await listSlots(ctx);
  const [offer] = await listOffers(ctx);
  unwrap(await stopSlot(at(ctx, minutes(1)), slot?.id ?? ""));
  unwrap(await stopSlot(at(ctx, minutes(1)), slot?.id ?? ""));
  expect(unwrap(await claimOffer(at(ctx, minutes(2)), { offerId: offer?.id ?? "" }))).toMatchObject({
    outcome: "gone",
  });
  await work(at(ctx, minutes(30)));
  expect(await listOffers(ctx)).toHaveLength(3);
  unwrap(await resumeSlot(at(ctx, minutes(31)), slot?.id ?? ""));
  await work(at(ctx, minutes(32)));
  expect((await listOffers(ctx)).at(-1)).toMatchObject({ batch: 2, status: "queued" });
});

test("staff offer a slot by hand past the limits, and not to whom it doesn't fit or whom the gate holds back", async () => {
  const { ctx, people, makeWaiting, line } = await makeFreed(1);
  await work(ctx);
  const [slot] = await listSlots(ctx);
  const slotId = slot?.id ?? "";
  const away = await makeWaiting({ weekdays: [5] });
  expect(await offerByHand(ctx, { slotId, entryId: away.entryId })).toMatchObject({ details: { why: "does_not_fit" } });
  const stopped = await makeWaiting();
  const out = {
    contactPointId: stopped.patient.contactPointId,
    channelKind: "sms",
    state: "out",
    how: "staff",
  } as const;
  await inClinic(ctx, (tx) => recordConsentIn(tx, ctx, { ...out, words: null, at: ctx.now() }));
  expect(line.kind).toBe("simulator");
  expect(await offerByHand(ctx, { slotId, entryId: stopped.entryId })).toMatchObject({ details: { why: "opted_out" } });
  const fine = await makeWaiting();
  unwrap(await offerByHand(ctx, { slotId, entryId: fine.entryId }));
  expect(await offerByHand(ctx, { slotId, entryId: fine.entryId })).toMatchObject({ error: "CONFLICT" });
  expect(await offerByHand(ctx, { slotId, entryId: people[0]?.entryId ?? "" })).toMatchObject({ error: "CONFLICT" });
});

test("the third slot of a cascade is the last: what its claim gives up is offered to nobody", async () => {
  const { ctx, people } = await makeFreed(4);
  for (const depth of [0, 1, 2]) {
    const now = new Date(Date.parse(WAITLIST_DAY) + depth * 86_400_000);
    await work(at(ctx, now));
    const slots = await listSlots(ctx);
    expect(slots.map(({ cascadeDepth }) => cascadeDepth)).toEqual([0, 1, 2].slice(0, depth + 1));
    const slot = slots.at(-1);
    await work(at(ctx, now));
    const offers = (await listOffers(ctx, slot?.id)).filter(({ status }) => status === "sent");
    const first = offers.toSorted((a, b) => visitOf(people, a.entryId) - visitOf(people, b.entryId))[0];
    expect(unwrap(await claimOffer(at(ctx, now), { offerId: first?.id ?? "" })).outcome).toBe("yours");
  }
  expect((await listSlots(ctx)).at(-1)).toMatchObject({ cascadeDepth: 3, status: "over", endedBecause: "cascade" });
});

test("a late yes books while the slot is open, and not once staff have stopped it", async () => {
  const [open, stopped] = [await makeFreed(4), await makeFreed(4)];
  for (const { ctx } of [open, stopped]) {
    await work(ctx);
    await work(at(ctx, minutes(20)));
  }
  const lapsed = async (ctx: ClinicContext) =>
    (await listOffers(ctx)).find(({ status }) => status === "lapsed")?.id ?? "";
  const late = unwrap(await claimOffer(at(open.ctx, minutes(22)), { offerId: await lapsed(open.ctx) }));
  expect(late.outcome).toBe("yours");
  const [slot] = await listSlots(stopped.ctx);
  unwrap(await stopSlot(at(stopped.ctx, minutes(21)), slot?.id ?? ""));
  const tooLate = unwrap(await claimOffer(at(stopped.ctx, minutes(22)), { offerId: await lapsed(stopped.ctx) }));
  expect(tooLate).toMatchObject({ outcome: "gone", isStillWaiting: true });
  expect(await statuses(stopped.ctx)).not.toContain("claimed");
});
