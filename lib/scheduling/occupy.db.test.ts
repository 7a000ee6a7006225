import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { appointments, appointmentSegments, occupancies } from "@/db/schema/appointments";
import { inClinic, makeClinic } from "@/db/testing/make";
import { makeVisit } from "@/db/testing/make-visit";
import { postgresErrorOf } from "@/lib/core/violations";

/** What the database refuses by itself, whatever the code above it comes to believe. */

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => "stored",
    (error: unknown) => postgresErrorOf(error)?.constraint,
  );

async function makeBooked() {
  const made = await makeClinic();
  const fields = { patientId: made.patient.id, serviceId: made.cleaning.id, providerId: made.provider.id };
  const visit = await makeVisit(made.ctx, { ...fields, startsAt: new Date("2026-03-02T14:00:00Z") });
  const setStatus = (status: "completed" | "cancelled" | "held" | "no_show" | "scheduled" | "expired") =>
    inClinic(made.ctx, (tx) => tx.update(appointments).set({ status }).where(eq(appointments.id, visit.id)));
  return { ...made, fields, visit, setStatus };
}

test("a visit that occupies nothing, and one that is over and still occupies, are refused at commit", async () => {
  const { ctx, fields, setStatus } = await makeBooked();
  const [startsAt, endsAt] = [new Date("2026-03-02T16:00:00Z"), new Date("2026-03-02T16:30:00Z")];
  const row = { ...fields, clinicId: ctx.clinic.id, startsAt, endsAt, status: "scheduled" as const };
  const placeless = inClinic(ctx, (tx) => tx.insert(appointments).values({ ...row, createdFrom: "MANUAL_ADMIN" }));
  expect(await refusalOf(placeless)).toBe("occupancies_match_status");
  expect(await refusalOf(setStatus("cancelled"))).toBe("occupancies_match_status");
});

test("a booked visit's time can't be taken from under it", async () => {
  const { ctx, visit } = await makeBooked();
  const taken = inClinic(ctx, (tx) => tx.delete(occupancies).where(eq(occupancies.appointmentId, visit.id)));
  expect(await refusalOf(taken)).toBe("occupancies_match_status");
  const moved = inClinic(ctx, (tx) =>
    tx.execute(sql`update occupancies set during = tstzrange(lower(during) + interval '1 hour', upper(during) + interval '1 hour')
      where appointment_id = ${visit.id}`),
  );
  expect(await refusalOf(moved)).toBe("occupancies_match_status");
});

test("a plan can't say something else than what is occupied", async () => {
  const { ctx, visit } = await makeBooked();
  const planless = inClinic(ctx, (tx) =>
    tx.delete(appointmentSegments).where(eq(appointmentSegments.appointmentId, visit.id)),
  );
  expect(await refusalOf(planless)).toBe("occupancies_match_status");
});

test("a step that is no edge is refused by the database itself", async () => {
  const { ctx, visit, setStatus } = await makeBooked();
  await inClinic(ctx, async (tx) => {
    await tx.delete(occupancies).where(eq(occupancies.appointmentId, visit.id));
    await tx.update(appointments).set({ status: "cancelled" }).where(eq(appointments.id, visit.id));
  });
  for (const status of ["completed", "no_show", "expired"] as const)
    expect(await refusalOf(setStatus(status))).toBe("appointments_edge");
});
