import { expect, test } from "vitest";
import { countDeadlocks } from "@/db/testing/deadlocks";
import { makeClinic } from "@/db/testing/make";
import { unwrap } from "@/lib/core/result";
import { confirmHold } from "./confirm-hold";
import { holdSlot } from "./hold";
import { rescheduleAppointment } from "./reschedule";

const startsAt = new Date("2026-03-02T15:00:00Z");
const minutesLater = (minutes: number) => new Date(startsAt.getTime() + minutes * 60_000);

async function clinicWithLateHolds() {
  const clinic = await makeClinic();
  const { ctx, patient, provider, cleaning } = clinic;
  const slot = { patientId: patient.id, providerId: provider.id, serviceId: cleaning.id, createdFrom: "SMS" } as const;
  const hold = async (at: Date) => unwrap(await holdSlot(ctx, { ...slot, startsAt: at, expiresAt: ctx.now() }));
  return { ...clinic, first: await hold(startsAt), second: await hold(minutesLater(30)) };
}

test("a hold past its time can be moved to where it stands, and a little further", async () => {
  const { ctx, first } = await clinicWithLateHolds();
  for (const start of [startsAt, minutesLater(-15)]) {
    const moved = unwrap(await rescheduleAppointment(ctx, { appointmentId: first.id, startsAt: start }));
    expect(moved).toMatchObject({ id: first.id, startsAt: start, status: "held" });
  }
  expect(unwrap(await confirmHold(ctx, { appointmentId: first.id })).id).toBe(first.id);
});

test("two late holds that are moved into each other's place at once are both answered, without a deadlock", async () => {
  for (let round = 0; round < 10; round++) {
    const { ctx, first, second } = await clinicWithLateHolds();
    const answers = await Promise.all([
      rescheduleAppointment(ctx, { appointmentId: first.id, startsAt: second.startsAt }),
      rescheduleAppointment(ctx, { appointmentId: second.id, startsAt: first.startsAt }),
    ]);
    const codes = answers.map((answer) => (answer.ok ? "ok" : answer.error));
    expect(codes.filter((code) => !["ok", "SLOT_TAKEN", "ILLEGAL_TRANSITION"].includes(code))).toEqual([]);
    expect(codes.filter((code) => code === "ok").length).toBeLessThanOrEqual(1);
  }
  expect(await countDeadlocks()).toBe(0);
});
