import { expect, test } from "vitest";
import { makeBareClinic, makePatient, makeProvider, makeService, type HoursOf } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap, type Result } from "@/lib/core/result";
import { bookIn, bookAppointment } from "./book";
import { cancelAppointment } from "./cancel";
import { changeVisit } from "./change-visit";
import { confirmHold } from "./confirm-hold";
import { findSlots } from "./find-slots";
import { holdSlot } from "./hold";
import { listAvailability } from "./list-availability";
import { rescheduleAppointment } from "./reschedule";

const DAY = [["00:00", "24:00"]] as const;
const ALWAYS: HoursOf = { 1: DAY, 2: DAY, 3: DAY, 4: DAY, 5: DAY, 6: DAY, 7: DAY };
/** In New York; in UTC the day's evening is another day. */
const at = (day: number, minutes: number) =>
  new Date(Date.parse("2026-03-02T05:00:00Z") + (day * 1440 + minutes) * 60_000);

async function makeCapped({
  ofProviders,
  ofService = null,
}: {
  ofProviders: (number | null)[];
  ofService?: number | null;
}) {
  const ctx = await makeBareClinic();
  const staff = [];
  for (const dailyCap of ofProviders) staff.push(await makeProvider(ctx, { dailyCap }, ALWAYS));
  const [first] = staff;
  const providerIds = staff.map(({ id }) => id);
  const service = await makeService(ctx, { providerIds, durationMinutes: 15, dailyCap: ofService });
  const patient = await makePatient(ctx);
  const visit = (startsAt: Date, providerId?: string) =>
    ({ patientId: patient.id, serviceId: service.id, startsAt, providerId, createdFrom: "SMS" }) as const;
  const desk: ClinicContext = { ...ctx, role: "STAFF", actor: { type: "user", id: "desk", name: "Desk" } };
  return { ctx, desk, staff, first: first?.id ?? "", service, visit };
}

const won = (answers: readonly Result<unknown>[]) => answers.filter(({ ok }) => ok).length;
const CAPPED = { ok: false, error: "OUTSIDE_HOURS", details: { why: "cap" } };

test("of 64 rivals for a day that takes 10 exactly 10 are booked, by a provider's cap and by a service's", async () => {
  for (const caps of [{ ofProviders: [10] }, { ofProviders: [null, null], ofService: 10 }]) {
    const { ctx, staff, visit } = await makeCapped(caps);
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, index) =>
        changeVisit(ctx, (tx) => bookIn(tx, ctx, visit(at(1, 15 * index), staff[index % staff.length]?.id))),
      ),
    );
    expect(won(answers)).toBe(10);
    for (const answer of answers) if (!answer.ok) expect(answer).toEqual(CAPPED);
  }
});

test("a full day is not offered, the desk goes beyond it, and a cancelled visit makes room", async () => {
  const { ctx, desk, first, service, visit } = await makeCapped({ ofProviders: [1] });
  const booked = unwrap(await bookAppointment(ctx, visit(at(1, 23 * 60)))); // in UTC the day after
  const free = async (as: ClinicContext) => {
    const { days } = unwrap(await listAvailability(as, { year: 2026, month: 3, serviceId: service.id }));
    return days.slice(1, 4).map(({ slots }) => slots.length);
  };
  expect(await free(ctx)).toEqual([64, 0, 96]); // on Monday from 08:00: the test lives at 07:00, and patients give an hour of notice
  const wish = { days: [{ from: "2026-03-03", to: "2026-03-03" }] };
  expect(unwrap(await findSlots(ctx, { serviceId: service.id, wish })).why).toBe("full");
  expect(await bookAppointment(ctx, visit(at(1, 60), first))).toEqual(CAPPED);
  expect((await free(desk))[1]).toBe(95);
  expect((await bookAppointment(desk, visit(at(1, 60), first))).ok).toBe(true);
  await cancelAppointment(ctx, { appointmentId: booked.id });
  expect(await bookAppointment(ctx, visit(at(1, 90), first))).toEqual(CAPPED); // the desk's counts too
});

test("who takes anybody gets whoever still has room", async () => {
  const { ctx, staff, visit } = await makeCapped({ ofProviders: [1, 2] });
  const answers = [];
  for (const minutes of [60, 120, 180, 240]) answers.push(await bookAppointment(ctx, visit(at(1, minutes))));
  const leads = answers.map((answer) => (answer.ok ? staff.findIndex(({ id }) => id === answer.data.provider.id) : -1));
  expect(leads.toSorted()).toEqual([-1, 0, 1, 1]);
  expect(answers.at(-1)).toEqual(CAPPED);
});

test("a visit moves within its own full day, and not into another's", async () => {
  const { ctx, visit } = await makeCapped({ ofProviders: [1] });
  const [one, two] = [
    unwrap(await bookAppointment(ctx, visit(at(1, 60)))),
    unwrap(await bookAppointment(ctx, visit(at(2, 60)))),
  ];
  expect((await rescheduleAppointment(ctx, { appointmentId: one.id, startsAt: at(1, 300) })).ok).toBe(true);
  expect(await rescheduleAppointment(ctx, { appointmentId: two.id, startsAt: at(1, 600) })).toEqual(CAPPED);
});

test("a hold counts while it lasts, and a yes that comes too late finds no room beyond the cap", async () => {
  const { ctx, visit } = await makeCapped({ ofProviders: [1] });
  const late = unwrap(await holdSlot(ctx, { ...visit(at(1, 60)), expiresAt: ctx.now() }));
  const held = unwrap(await holdSlot(ctx, { ...visit(at(1, 120)), expiresAt: at(0, 1200) }));
  expect(await bookAppointment(ctx, visit(at(1, 180)))).toEqual(CAPPED);
  expect(await confirmHold(ctx, { appointmentId: late.id })).toEqual(CAPPED);
  expect((await confirmHold(ctx, { appointmentId: held.id })).ok).toBe(true);
});
