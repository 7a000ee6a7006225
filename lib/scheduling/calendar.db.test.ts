import { expect, test } from "vitest";
import { scheduleExceptions } from "@/db/schema/resources";
import { inClinic, makeClinic, makeOperatory, makeProvider } from "@/db/testing/make";
import { unwrap } from "@/lib/core/result";
import { bookAppointment } from "./book";
import { cancelAppointment } from "./cancel";
import { checkIn } from "./check-in";
import { listCalendar } from "./list-calendar";
import { rescheduleAppointment } from "./reschedule";
import { setConfirmation } from "./set-confirmation";

const DAY = "2026-03-02";
const startsAt = new Date(`${DAY}T15:00:00Z`);
const later = (minutes: number) => new Date(startsAt.getTime() + minutes * 60_000);

async function clinicWithVisit() {
  const clinic = await makeClinic();
  const { ctx, patient, provider, cleaning } = clinic;
  const slot = { patientId: patient.id, serviceId: cleaning.id, providerId: provider.id, createdFrom: "SMS" } as const;
  const visit = unwrap(await bookAppointment(ctx, { ...slot, startsAt }));
  const minutes = (visit.endsAt.getTime() - visit.startsAt.getTime()) / 60_000;
  return { ...clinic, slot, visit, minutes, id: { appointmentId: visit.id } };
}

test("a longer visit takes the longer time, keeps its confirmation, and keeps its length when it moves", async () => {
  const { ctx, slot, id, minutes } = await clinicWithVisit();
  unwrap(await setConfirmation(ctx, { ...id, confirmation: "confirmed" }));
  const long = unwrap(await rescheduleAppointment(ctx, { ...id, startsAt, durationMinutes: minutes + 30 }));
  expect([long.endsAt, long.confirmation]).toEqual([later(minutes + 30), "confirmed"]);
  expect(long.segments[0]?.endsAt).toEqual(later(minutes + 30));
  const refused = await bookAppointment(ctx, { ...slot, startsAt: later(minutes) });
  expect(refused).toMatchObject({ ok: false, error: "SLOT_TAKEN" });
  const moved = unwrap(await rescheduleAppointment(ctx, { ...id, startsAt: later(-45) }));
  expect([moved.endsAt, moved.confirmation]).toEqual([later(minutes - 15), "unasked"]);
});

test("a visit is not made longer into the next one, and is left as it was", async () => {
  const { ctx, slot, id, minutes } = await clinicWithVisit();
  unwrap(await bookAppointment(ctx, { ...slot, startsAt: later(minutes) }));
  const refused = await rescheduleAppointment(ctx, { ...id, startsAt, durationMinutes: minutes + 15 });
  expect(refused).toMatchObject({ ok: false, error: "SLOT_TAKEN" });
  const [first] = unwrap(await listCalendar(ctx, { from: DAY, to: DAY })).visits;
  expect([first?.id, first?.endsAt]).toEqual([id.appointmentId, later(minutes)]);
});

test("a visit under way can take longer, and can't be moved", async () => {
  const { ctx, id, minutes } = await clinicWithVisit();
  const during = { ...ctx, now: () => later(10) };
  unwrap(await checkIn(during, id));
  const long = await rescheduleAppointment(during, { ...id, startsAt, durationMinutes: minutes + 15 });
  expect(long).toMatchObject({ ok: true, data: { state: "checked_in", endsAt: later(minutes + 15) } });
  const moved = await rescheduleAppointment(during, { ...id, startsAt: later(60), durationMinutes: minutes });
  expect(moved).toMatchObject({ ok: false, error: "ILLEGAL_TRANSITION" });
});

test("the calendar shows the clinic's own days: visits of every status, hours by day, time off with its reason", async () => {
  const { ctx, provider, id } = await clinicWithVisit();
  const [other, chair] = [await makeProvider(ctx, { isActive: false }), await makeOperatory(ctx)];
  await inClinic(ctx, (tx) =>
    tx.insert(scheduleExceptions).values({
      clinicId: ctx.clinic.id,
      providerId: provider.id,
      kind: "closed",
      dayFrom: DAY,
      dayTo: DAY,
      fromTime: "10:30",
      toTime: "11:00",
      reason: "Course",
    }),
  );
  unwrap(await cancelAppointment(ctx, id));
  const calendar = unwrap(await listCalendar(ctx, { from: DAY, to: "2026-03-03" }));
  expect(calendar.visits).toMatchObject([{ id: id.appointmentId, state: "cancelled" }]);
  expect(calendar.providers.map((person) => person.id)).not.toContain(other.id);
  expect(calendar.operatories.map(({ id }) => id)).toContain(chair.id);
  const days = calendar.providers.find((person) => person.id === provider.id)?.days ?? [];
  expect(days.map(({ day }) => day)).toEqual([DAY, "2026-03-03"]);
  expect(days[0]?.hours.some(({ from, to }) => from < "11:00" && to > "10:30")).toBe(false);
  expect(days[1]?.hours.some(({ from, to }) => from < "11:00" && to > "10:30")).toBe(true);
  expect(calendar.timeOff).toMatchObject([{ providerId: provider.id, fromTime: "10:30", reason: "Course" }]);
});
