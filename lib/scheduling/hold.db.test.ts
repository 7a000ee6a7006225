import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { appointmentEvents, appointments, occupancies } from "@/db/schema/appointments";
import { patients } from "@/db/schema/patients";
import { makeClinic, makePatient } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { bookAppointment } from "./book";
import { confirmHold } from "./confirm-hold";
import { clinicsWithEndedHolds, expireHolds } from "./expire-holds";
import { holdSlot } from "./hold";
import { releaseHold } from "./release-hold";

const startsAt = new Date("2026-03-02T15:00:00Z");
const expiresAt = new Date("2026-03-02T12:30:00Z");
const at = (ctx: ClinicContext, now: string): ClinicContext => ({ ...ctx, now: () => new Date(now) });

async function clinicWithHold() {
  const clinic = await makeClinic();
  const { ctx, patient, provider, cleaning } = clinic;
  const slot = {
    patientId: patient.id,
    serviceId: cleaning.id,
    providerId: provider.id,
    startsAt,
    createdFrom: "SMS" as const,
  };
  const hold = unwrap(await holdSlot(ctx, { ...slot, expiresAt }));
  return { ...clinic, slot, hold, late: at(ctx, "2026-03-02T12:31:00Z") };
}

const eventsOf = (ctx: ClinicContext, appointmentId: string) =>
  query(ctx, (tx) => tx.select().from(appointmentEvents).where(eq(appointmentEvents.appointmentId, appointmentId)));

test("a held slot is nobody else's until its time is over", async () => {
  const { ctx, late, slot, hold } = await clinicWithHold();
  expect(hold).toMatchObject({ status: "held", holdExpiresAt: expiresAt });
  expect(await bookAppointment(ctx, slot)).toMatchObject({ error: "SLOT_TAKEN" });
  const booked = unwrap(await bookAppointment(late, slot));
  expect(booked.id).not.toBe(hold.id);
  expect(await eventsOf(ctx, hold.id)).toMatchObject([
    { kind: "created", toValue: "held" },
    { kind: "status", fromValue: "held", toValue: "expired" },
  ]);
  const taken = await query(ctx, (tx) => tx.select().from(occupancies));
  expect(taken.map((row) => row.appointmentId)).toEqual([booked.id]);
});

test("a yes books the held slot, and a second yes answers the same visit", async () => {
  const { ctx, hold } = await clinicWithHold();
  const booked = unwrap(await confirmHold(ctx, { appointmentId: hold.id }));
  expect(booked).toMatchObject({ id: hold.id, state: "scheduled", holdExpiresAt: null });
  expect(unwrap(await confirmHold(ctx, { appointmentId: hold.id }))).toEqual(booked);
  expect(await eventsOf(ctx, hold.id)).toHaveLength(2);
});

test("a late yes books what nobody took, swept or not", async () => {
  const [unswept, swept] = [await clinicWithHold(), await clinicWithHold()];
  expect(unwrap(await confirmHold(unswept.late, { appointmentId: unswept.hold.id })).id).toBe(unswept.hold.id);
  expect(unwrap(await expireHolds(swept.late))).toEqual({ expired: 1 });
  const again = unwrap(await confirmHold(swept.late, { appointmentId: swept.hold.id }));
  expect(again).toMatchObject({
    state: "scheduled",
    startsAt,
    createdFrom: "SMS",
    provider: { id: swept.provider.id },
  });
});

test("a late yes to what was taken is told so", async () => {
  const { late, slot, hold } = await clinicWithHold();
  unwrap(await bookAppointment(late, slot));
  expect(await confirmHold(late, { appointmentId: hold.id })).toMatchObject({ error: "SLOT_TAKEN" });
});

test("a yes after the start is too late", async () => {
  const { ctx, hold } = await clinicWithHold();
  const after = at(ctx, "2026-03-02T15:00:00Z");
  expect(await confirmHold(after, { appointmentId: hold.id })).toMatchObject({ error: "TOO_SOON" });
});

test("a released hold frees its slot; releasing it twice changes nothing", async () => {
  const { ctx, slot, hold } = await clinicWithHold();
  for (let turn = 0; turn < 2; turn++)
    expect(unwrap(await releaseHold(ctx, { appointmentId: hold.id })).status).toBe("expired");
  expect(await eventsOf(ctx, hold.id)).toHaveLength(2);
  const booked = unwrap(await bookAppointment(ctx, slot));
  expect(await releaseHold(ctx, { appointmentId: booked.id })).toMatchObject({ error: "CONFLICT" });
});

test("a hold does not make a patient of a cold lead, the yes does", async () => {
  const { ctx, slot } = await clinicWithHold();
  const lead = await makePatient(ctx, { patientType: "COLD_LEAD" });
  const input = { ...slot, patientId: lead.id, startsAt: new Date("2026-03-02T16:00:00Z"), expiresAt };
  const hold = unwrap(await holdSlot(ctx, input));
  const typeOf = async () =>
    (await query(ctx, (tx) => tx.select().from(patients).where(eq(patients.id, lead.id))))[0]?.patientType;
  expect(await typeOf()).toBe("COLD_LEAD");
  unwrap(await confirmHold(ctx, { appointmentId: hold.id }));
  expect(await typeOf()).toBe("NEW");
});

test("the sweep ends holds past their time and no other", async () => {
  const { ctx, late, hold, slot } = await clinicWithHold();
  const open = { ...slot, startsAt: new Date("2026-03-02T16:00:00Z"), expiresAt: new Date("2026-03-02T13:00:00Z") };
  const other = unwrap(await holdSlot(ctx, open));
  expect(await clinicsWithEndedHolds()).toContain(ctx.clinic.id);
  expect(unwrap(await expireHolds(late))).toEqual({ expired: 1 });
  expect(unwrap(await expireHolds(late))).toEqual({ expired: 0 });
  const rows = await query(ctx, (tx) => tx.select().from(appointments));
  expect(new Map(rows.map((row) => [row.id, row.status]))).toEqual(
    new Map([
      [hold.id, "expired"],
      [other.id, "held"],
    ]),
  );
});
