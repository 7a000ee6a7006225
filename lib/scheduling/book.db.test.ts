import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { appointmentEvents, appointments, occupancies } from "@/db/schema/appointments";
import { patients } from "@/db/schema/patients";
import { auditLog, liveEvents } from "@/db/schema/records";
import { inClinic, makeClinic, makePatient, makeService } from "@/db/testing/make";
import { unwrap } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { bookAppointment } from "./book";

/** Monday at ten in New York; the test's clock stands at seven. */
const startsAt = new Date("2026-03-02T15:00:00Z");
const sms = { startsAt, createdFrom: "SMS" } as const;

async function clinicWithVisit() {
  const clinic = await makeClinic();
  const { patient, provider, cleaning } = clinic;
  return { ...clinic, visit: { ...sms, patientId: patient.id, providerId: provider.id, serviceId: cleaning.id } };
}

test("a booking is a row with its history, its audit and its news, all of one commit", async () => {
  const { ctx, visit, provider } = await clinicWithVisit();
  const booked = unwrap(await bookAppointment(ctx, visit));
  expect(booked).toMatchObject({
    status: "confirmed",
    state: "scheduled",
    createdFrom: "SMS",
    provider: { id: provider.id },
    startsAt,
  });
  expect(booked.endsAt).toEqual(new Date("2026-03-02T15:30:00Z"));
  const rows = await query(ctx, async (tx) => ({
    events: await tx.select().from(appointmentEvents),
    audits: await tx.select().from(auditLog),
    news: await tx.select().from(liveEvents),
    taken: await tx.select().from(occupancies),
  }));
  expect(rows.events).toMatchObject([{ kind: "created", toValue: "scheduled", appointmentId: booked.id }]);
  expect(rows.audits).toMatchObject([{ action: "appointment.book", targetId: booked.id }]);
  expect(rows.news).toMatchObject([{ topic: "appointment", entityId: booked.id }]);
  expect(rows.taken).toMatchObject([{ resourceId: provider.id }]);
});

test("a patient of another clinic is not found", async () => {
  const [here, elsewhere] = [await clinicWithVisit(), await makeClinic()];
  const answer = await bookAppointment(here.ctx, { ...here.visit, patientId: elsewhere.patient.id });
  expect(answer).toEqual({ ok: false, error: "NOT_FOUND", details: { what: "patient" } });
  expect(await query(here.ctx, (tx) => tx.select().from(appointments))).toEqual([]);
});

test("a provider or service of another clinic is not found", async () => {
  const [here, elsewhere] = [await clinicWithVisit(), await makeClinic()];
  expect(await bookAppointment(here.ctx, { ...here.visit, providerId: elsewhere.provider.id })).toMatchObject({
    error: "NOT_FOUND",
    details: { what: "provider" },
  });
  expect(await bookAppointment(here.ctx, { ...here.visit, serviceId: elsewhere.cleaning.id })).toMatchObject({
    error: "NOT_FOUND",
    details: { what: "service" },
  });
});

test("a booking outside the provider's hours is refused, also in the lunch break", async () => {
  const { ctx, visit } = await clinicWithVisit();
  for (const at of ["2026-03-02T17:00:00Z", "2026-03-07T15:00:00Z", "2026-03-02T16:45:00Z"])
    expect(await bookAppointment(ctx, { ...visit, startsAt: new Date(at) })).toMatchObject({ error: "OUTSIDE_HOURS" });
});

test("patients keep to the clinic's notice and horizon, the desk to the present", async () => {
  const { ctx, visit } = await clinicWithVisit();
  const desk = { ...ctx, actor: { type: "user", id: "u", name: "Desk" } as const };
  const nineThirty = new Date("2026-03-02T14:30:00Z");
  const late = { ...ctx, now: () => new Date("2026-03-02T14:00:00Z") };
  expect(await bookAppointment(late, { ...visit, startsAt: nineThirty })).toMatchObject({ error: "TOO_SOON" });
  const farAhead = { ...visit, startsAt: new Date("2026-08-03T14:00:00Z") };
  expect(await bookAppointment(ctx, farAhead)).toMatchObject({ error: "OUTSIDE_HOURS" });
  expect(await bookAppointment({ ...desk, now: late.now }, { ...visit, startsAt: nineThirty })).toMatchObject({
    ok: true,
  });
  expect(await bookAppointment(desk, farAhead)).toMatchObject({ ok: true });
  const past = { ...visit, startsAt: new Date("2026-02-27T15:00:00Z") };
  expect(await bookAppointment(desk, past)).toMatchObject({ error: "TOO_SOON" });
});

test("a service that is not online is booked by the desk alone", async () => {
  const { ctx, visit, provider } = await clinicWithVisit();
  const hidden = await makeService(ctx, { providerIds: [provider.id], isOnline: false });
  const input = { ...visit, serviceId: hidden.id };
  expect(await bookAppointment(ctx, input)).toMatchObject({ error: "NOT_FOUND" });
  const desk = { ...ctx, actor: { type: "user", id: "u", name: "Desk" } as const };
  expect(await bookAppointment(desk, input)).toMatchObject({ ok: true });
});

test("the first booking makes a patient of a cold lead", async () => {
  const { ctx, visit } = await clinicWithVisit();
  const lead = await makePatient(ctx, { patientType: "COLD_LEAD" });
  unwrap(await bookAppointment(ctx, { ...visit, patientId: lead.id }));
  const [row] = await query(ctx, (tx) => tx.select().from(patients).where(eq(patients.id, lead.id)));
  expect(row?.patientType).toBe("NEW");
});

test("without a named provider whoever has least that day gets the visit, until nobody is free", async () => {
  const { ctx, visit, provider, other } = await clinicWithVisit();
  const anyone = { ...visit, providerId: undefined };
  const answers = [];
  for (let turn = 0; turn < 3; turn++) answers.push(await bookAppointment(ctx, anyone));
  const got = answers.flatMap((answer) => (answer.ok ? [answer.data.provider.id] : []));
  expect(got.toSorted()).toEqual([provider.id, other.id].toSorted());
  expect(answers[2]).toEqual({ ok: false, error: "SLOT_TAKEN" });
});

test("a visit takes its hygienist, a dentist for the check and a chair, buffers included", async () => {
  const { ctx, hygienist, chair, secondChair, patient } = await clinicWithVisit();
  const recall = await makeService(ctx, {
    providerIds: [hygienist.id],
    durationMinutes: 60,
    bufferAfterMinutes: 15,
    segments: [
      { role: "lead", fromMinute: 0, toMinute: 60 },
      { role: "dentist", fromMinute: 45, toMinute: 55 },
      { role: "operatory", fromMinute: 0, toMinute: 60 },
    ],
  });
  const booked = unwrap(await bookAppointment(ctx, { ...sms, patientId: patient.id, serviceId: recall.id }));
  expect(booked.provider.id).toBe(hygienist.id);
  expect([chair.id, secondChair.id]).toContain(booked.operatory?.id);
  expect(booked.segments).toHaveLength(3);
  const next = { ...sms, patientId: patient.id, serviceId: recall.id };
  const within = new Date("2026-03-02T16:00:00Z"); // eleven: the hygienist still cleans up
  expect(await bookAppointment(ctx, { ...next, startsAt: within })).toMatchObject({ error: "SLOT_TAKEN" });
});

test("a suspended clinic books nothing", async () => {
  const { ctx, visit } = await clinicWithVisit();
  const suspended = { ...ctx, clinic: { ...ctx.clinic, status: "suspended" as const } };
  expect(await bookAppointment(suspended, visit)).toMatchObject({ error: "CLINIC_SUSPENDED" });
});

test("staff seat a visit in the chair they name, also where the service needs none", async () => {
  const { ctx, visit, secondChair, other } = await clinicWithVisit();
  const booked = unwrap(await bookAppointment(ctx, { ...visit, operatoryId: secondChair.id }));
  expect(booked.operatory?.id).toBe(secondChair.id);
  const rival = await bookAppointment(ctx, { ...visit, providerId: other.id, operatoryId: secondChair.id });
  expect(rival).toMatchObject({ error: "SLOT_TAKEN" });
});

test("an attempt that fails leaves nothing behind", async () => {
  const { ctx, visit } = await clinicWithVisit();
  unwrap(await bookAppointment(ctx, visit));
  expect(await bookAppointment(ctx, visit)).toMatchObject({ error: "SLOT_TAKEN" });
  expect(await inClinic(ctx, (tx) => tx.select().from(auditLog))).toHaveLength(1);
});
