import { asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { appointmentEvents, occupancies } from "@/db/schema/appointments";
import { auditLog } from "@/db/schema/records";
import { countDeadlocks } from "@/db/testing/deadlocks";
import { makeBareClinic, makeClinic, makeOperatory, makePatient, makeProvider, makeService } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { bookAppointment } from "./book";
import { cancelAppointment } from "./cancel";
import { checkIn } from "./check-in";
import { rescheduleAppointment } from "./reschedule";
import { setConfirmation } from "./set-confirmation";
import { swapVisits } from "./swap";

/** Ten o'clock on a Monday in New York; the lunch break is from twelve to one. */
const TEN = Date.parse("2026-03-02T15:00:00Z");
const after = (minutes: number) => new Date(TEN + minutes * 60_000);
const CHAIRED = [
  { role: "lead", fromMinute: 0, toMinute: 30 },
  { role: "operatory", fromMinute: 0, toMinute: 30 },
] as const;

const takenBy = (ctx: ClinicContext, appointmentId: string) =>
  query(ctx, (tx) =>
    tx
      .select({ resourceId: occupancies.resourceId, during: occupancies.during })
      .from(occupancies)
      .where(eq(occupancies.appointmentId, appointmentId))
      .orderBy(asc(occupancies.resourceId)),
  );
const refusals = (answers: Result<unknown>[]) =>
  new Set(answers.flatMap((answer) => (answer.ok ? [] : [answer.error])));

async function two(minutesApart = 60) {
  const clinic = await makeClinic();
  const { ctx, patient, provider, other, cleaning } = clinic;
  const input = { patientId: patient.id, serviceId: cleaning.id, createdFrom: "SMS" } as const;
  const a = unwrap(await bookAppointment(ctx, { ...input, providerId: provider.id, startsAt: after(0) }));
  const b = unwrap(await bookAppointment(ctx, { ...input, providerId: other.id, startsAt: after(minutesApart) }));
  return { ...clinic, input, a, b, ids: { appointmentId: a.id, withId: b.id } };
}

test("two visits change places: times, providers and what they take, with history and audit of both", async () => {
  const { ctx, a, b, ids } = await two();
  unwrap(await setConfirmation(ctx, { appointmentId: a.id, confirmation: "confirmed" }));
  const [takenA, takenB] = [await takenBy(ctx, a.id), await takenBy(ctx, b.id)];
  const { visit, other } = unwrap(await swapVisits(ctx, ids));
  expect(visit).toMatchObject({ id: a.id, startsAt: b.startsAt, provider: b.provider, confirmation: "unasked" });
  expect(other).toMatchObject({ id: b.id, startsAt: a.startsAt, provider: a.provider, confirmation: "unasked" });
  expect([await takenBy(ctx, a.id), await takenBy(ctx, b.id)]).toEqual([takenB, takenA]);
  const moved = await query(ctx, (tx) =>
    tx.select().from(appointmentEvents).where(eq(appointmentEvents.kind, "moved")),
  );
  expect(moved.map(({ appointmentId, reason }) => [appointmentId, reason]).toSorted()).toEqual(
    [a.id, b.id].toSorted().map((id) => [id, "swap"]),
  );
  const audited = await query(ctx, (tx) => tx.select().from(auditLog).where(eq(auditLog.action, "appointment.swap")));
  expect(audited.map(({ targetId }) => targetId).toSorted()).toEqual([a.id, b.id].toSorted());
  unwrap(await swapVisits(ctx, ids));
  expect([await takenBy(ctx, a.id), await takenBy(ctx, b.id)]).toEqual([takenA, takenB]);
});

test("neighbours of one provider change places although each stands in the other's way", async () => {
  const { ctx, input, provider } = await two();
  const long = await makeService(ctx, { providerIds: [provider.id], durationMinutes: 60 });
  const one = unwrap(await bookAppointment(ctx, { ...input, providerId: provider.id, startsAt: after(30) }));
  const two_ = unwrap(
    await bookAppointment(ctx, { ...input, serviceId: long.id, providerId: provider.id, startsAt: after(-60) }),
  );
  const swapped = unwrap(await swapVisits(ctx, { appointmentId: one.id, withId: two_.id }));
  expect([swapped.visit.startsAt, swapped.other.startsAt]).toEqual([after(-60), after(30)]);
  expect(swapped.other.endsAt).toEqual(after(90));
});

test("a longer visit that runs into a third, or into lunch, stays where it was, and so does the other", async () => {
  const { ctx, input, provider, a } = await two();
  const long = await makeService(ctx, { providerIds: [provider.id], durationMinutes: 60 });
  const book = { ...input, serviceId: long.id, providerId: provider.id };
  const third = unwrap(await bookAppointment(ctx, { ...input, providerId: provider.id, startsAt: after(30) }));
  const longOne = unwrap(await bookAppointment(ctx, { ...book, startsAt: after(60) }));
  const before = await Promise.all([a.id, longOne.id].map((id) => takenBy(ctx, id)));
  expect(await swapVisits(ctx, { appointmentId: a.id, withId: longOne.id })).toMatchObject({ error: "SLOT_TAKEN" });
  unwrap(await cancelAppointment(ctx, { appointmentId: third.id }));
  unwrap(await rescheduleAppointment(ctx, { appointmentId: longOne.id, startsAt: after(-60) }));
  const noon = unwrap(await bookAppointment(ctx, { ...input, providerId: provider.id, startsAt: after(90) }));
  expect(await swapVisits(ctx, { appointmentId: noon.id, withId: longOne.id })).toMatchObject({
    error: "OUTSIDE_HOURS",
  });
  expect(await takenBy(ctx, a.id)).toEqual(before[0]);
});

test("who is there, over or not booked changes places with nobody", async () => {
  const { ctx, a, ids } = await two();
  expect(await swapVisits(ctx, { appointmentId: a.id, withId: a.id })).toMatchObject({ error: "CONFLICT" });
  const late: ClinicContext = { ...ctx, now: () => after(5) };
  expect(await swapVisits(late, ids)).toMatchObject({ error: "ILLEGAL_TRANSITION" });
  unwrap(await checkIn(ctx, { appointmentId: a.id }));
  expect(await swapVisits(ctx, ids)).toMatchObject({ error: "ILLEGAL_TRANSITION" });
  const elsewhere = await two();
  expect(await swapVisits(ctx, { appointmentId: a.id, withId: elsewhere.b.id })).toMatchObject({
    error: "NOT_FOUND",
  });
});

test("a provider who does not do the service is given no such visit", async () => {
  const { ctx, input, other, a } = await two();
  const special = await makeService(ctx, { providerIds: [other.id] });
  const own = unwrap(
    await bookAppointment(ctx, { ...input, serviceId: special.id, providerId: other.id, startsAt: after(90) }),
  );
  expect(await swapVisits(ctx, { appointmentId: a.id, withId: own.id })).toMatchObject({
    error: "CONFLICT",
    details: { why: "provider", appointmentId: own.id },
  });
});

test("64 swaps, moves, bookings and cancels, 16 at a time, leave whole visits, no overlap and no deadlock", async () => {
  const ctx = await makeBareClinic();
  const staff = await Promise.all([0, 1, 2].map(() => makeProvider(ctx)));
  for (const name of ["1", "2", "3"]) await makeOperatory(ctx, { name });
  const providerIds = staff.map(({ id }) => id);
  const service = await makeService(ctx, { providerIds, segments: [...CHAIRED] });
  const patient = await makePatient(ctx);
  const input = { patientId: patient.id, serviceId: service.id, createdFrom: "SMS" } as const;
  const visits: string[] = [];
  for (const index of [0, 1, 2, 3, 4, 5])
    visits.push(
      unwrap(
        await bookAppointment(ctx, {
          ...input,
          providerId: providerIds[index % 3],
          startsAt: after(30 * (index % 2) - 60),
        }),
      ).id,
    );
  const idAt = (index: number) => visits[index % visits.length] ?? "";
  const before = await countDeadlocks();
  const act = (index: number): Promise<Result<unknown>> => {
    const startsAt = after(15 * (index % 7) - 60);
    if (index % 8 === 0) return bookAppointment(ctx, { ...input, startsAt });
    if (index % 8 === 1)
      return rescheduleAppointment(ctx, { appointmentId: idAt(index), startsAt, providerId: providerIds[index % 3] });
    if (index === 34) return cancelAppointment(ctx, { appointmentId: idAt(index) });
    return swapVisits(ctx, { appointmentId: idAt(index), withId: idAt(index + 1 + (index % 4)) });
  };
  const answers: Result<unknown>[] = [];
  for (const wave of [0, 1, 2, 3])
    answers.push(...(await Promise.all(Array.from({ length: 16 }, (_, index) => act(16 * wave + index)))));
  expect([...refusals(answers)].filter((code) => code !== "SLOT_TAKEN" && code !== "ILLEGAL_TRANSITION")).toEqual([]);
  expect(await countDeadlocks()).toBe(before);
  for (const id of visits) expect([0, 2]).toContain((await takenBy(ctx, id)).length);
});
