import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { appointmentEvents, occupancies } from "@/db/schema/appointments";
import { patients } from "@/db/schema/patients";
import { scheduleExceptions } from "@/db/schema/resources";
import { auditLog } from "@/db/schema/records";
import { inClinic, makeClinic, makeService } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { bookAppointment } from "./book";
import { cancelAppointment } from "./cancel";
import { checkIn } from "./check-in";
import { completeAppointment } from "./complete";
import { findSlots } from "./find-slots";
import { listUpcoming } from "./list-upcoming";
import { markNoShow } from "./mark-no-show";
import { rescheduleAppointment } from "./reschedule";
import { EDGES } from "./rules";
import { runningLate } from "./running-late";
import { STATUSES, type ShownVisit, type Status } from "./schema";
import { setConfirmation } from "./set-confirmation";
import { sweepNoShows } from "./sweep-no-shows";
import { undoStep } from "./undo";

const startsAt = new Date("2026-03-02T15:00:00Z");
const at = (ctx: ClinicContext, now: string): ClinicContext => ({ ...ctx, now: () => new Date(now) });
const asRole = (ctx: ClinicContext, role: "OWNER" | "STAFF"): ClinicContext => ({
  ...ctx,
  role,
  actor: { type: "user", id: "u", name: "Desk" },
});

async function clinicWithVisit() {
  const clinic = await makeClinic();
  const { ctx, patient, provider, cleaning } = clinic;
  const slot = { patientId: patient.id, serviceId: cleaning.id, providerId: provider.id, startsAt } as const;
  const visit = unwrap(await bookAppointment(ctx, { ...slot, createdFrom: "SMS" }));
  const during = at(ctx, "2026-03-02T15:05:00Z");
  return { ...clinic, slot, visit, id: { appointmentId: visit.id }, during, owner: asRole(during, "OWNER") };
}

const takenBy = (ctx: ClinicContext, appointmentId: string) =>
  query(ctx, (tx) => tx.select().from(occupancies).where(eq(occupancies.appointmentId, appointmentId)));

const STEPS: Partial<Record<Status, (ctx: ClinicContext, id: { appointmentId: string }) => Promise<unknown>>> = {
  checked_in: checkIn,
  completed: completeAppointment,
  no_show: markNoShow,
  cancelled: cancelAppointment,
};

/** How a visit gets into each state. */
const PATHS: Record<"scheduled" | "checked_in" | "completed" | "no_show" | "cancelled", Status[]> = {
  scheduled: [],
  checked_in: ["checked_in"],
  completed: ["completed"],
  no_show: ["no_show"],
  cancelled: ["cancelled"],
};

test.each(Object.keys(PATHS) as (keyof typeof PATHS)[])("from %s only the edges of the table lead on", async (from) => {
  for (const [to, step] of Object.entries(STEPS)) {
    const { during, id } = await clinicWithVisit();
    for (const past of PATHS[from]) await STEPS[past]?.(during, id);
    const answer = await step(during, id);
    // `undo` is the only way back from completed: it asks who may.
    const isEdge = (EDGES[from] as readonly string[]).includes(to) && !(from === "completed" && to === "checked_in");
    expect([from, to, answer]).toMatchObject([
      from,
      to,
      to === from || isEdge ? { ok: true } : { error: "ILLEGAL_TRANSITION" },
    ]);
  }
});

test("the table of edges is the one that the database guards", () => {
  const edges = STATUSES.flatMap((from) => EDGES[from].map((to) => `${from}>${to}`));
  expect(edges.toSorted()).toEqual(
    [
      "cancelled>scheduled",
      "checked_in>completed",
      "checked_in>scheduled",
      "completed>checked_in",
      "held>cancelled",
      "held>expired",
      "held>scheduled",
      "no_show>checked_in",
      "no_show>completed",
      "no_show>scheduled",
      "scheduled>cancelled",
      "scheduled>checked_in",
      "scheduled>completed",
      "scheduled>no_show",
    ].toSorted(),
  );
});

test("a cancelled visit frees its time, keeps its reason and can be taken back while the time is free", async () => {
  const { ctx, owner, id, slot } = await clinicWithVisit();
  const before = at(owner, "2026-03-02T12:00:00Z");
  const gone = unwrap(await cancelAppointment(ctx, { ...id, reason: "ill" }));
  expect(gone).toMatchObject({ status: "cancelled", cancelReason: "ill" });
  expect(await takenBy(ctx, id.appointmentId)).toEqual([]);
  expect(unwrap(await undoStep(before, id)).state).toBe("scheduled");
  expect(await takenBy(ctx, id.appointmentId)).toHaveLength(1);
  unwrap(await cancelAppointment(ctx, id));
  unwrap(await bookAppointment(ctx, { ...slot, createdFrom: "SMS" }));
  expect(await undoStep(before, id)).toMatchObject({ error: "SLOT_TAKEN" });
});

test("a cancelled visit is not taken back into time off that came since", async () => {
  const { ctx, owner, id } = await clinicWithVisit();
  unwrap(await cancelAppointment(ctx, id));
  const day = { clinicId: ctx.clinic.id, kind: "closed", dayFrom: "2026-03-02", dayTo: "2026-03-02" } as const;
  await inClinic(ctx, (tx) => tx.insert(scheduleExceptions).values(day));
  expect(await undoStep(at(owner, "2026-03-02T12:00:00Z"), id)).toMatchObject({ error: "OUTSIDE_HOURS" });
});

test("a cancelled visit is not taken back when whoever was to help no longer works then", async () => {
  const { ctx, patient, provider, hygienist } = await makeClinic();
  const segments = [
    { role: "lead", fromMinute: 0, toMinute: 30 } as const,
    { role: "hygienist", fromMinute: 0, toMinute: 20 } as const,
  ];
  const service = await makeService(ctx, { providerIds: [provider.id], segments });
  const input = { patientId: patient.id, serviceId: service.id, providerId: provider.id, startsAt } as const;
  const { id: appointmentId } = unwrap(await bookAppointment(ctx, { ...input, createdFrom: "SMS" }));
  unwrap(await cancelAppointment(ctx, { appointmentId }));
  const days = { dayFrom: "2026-03-02", dayTo: "2026-03-02" };
  const off = { clinicId: ctx.clinic.id, providerId: hygienist.id, kind: "closed", ...days } as const;
  await inClinic(ctx, (tx) => tx.insert(scheduleExceptions).values(off));
  expect(await undoStep(ctx, { appointmentId })).toMatchObject({ error: "OUTSIDE_HOURS" });
});

test("the same step twice is one change", async () => {
  const { during, id, ctx } = await clinicWithVisit();
  const one = unwrap(await checkIn(during, id));
  expect(unwrap(await checkIn(during, id))).toEqual(one);
  const steps = await query(ctx, (tx) => tx.select().from(appointmentEvents));
  expect(steps.map(({ toValue }) => toValue)).toEqual(["scheduled", "checked_in"]);
  expect(await query(ctx, (tx) => tx.select().from(auditLog))).toHaveLength(2);
});

test("of two desks that take different steps at once the second sees the first", async () => {
  const { during, id } = await clinicWithVisit();
  const answers = await Promise.all([cancelAppointment(during, id), checkIn(during, id)]);
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect(answers.find((answer) => !answer.ok)).toMatchObject({ error: "ILLEGAL_TRANSITION" });
});

test("the first completed visit makes the patient a known one, with their day to come back", async () => {
  const { ctx, during, id, patient } = await clinicWithVisit();
  unwrap(await completeAppointment(during, { ...id, nextFollowUpDate: "2026-09-01" }));
  const [row] = await query(ctx, (tx) => tx.select().from(patients).where(eq(patients.id, patient.id)));
  expect(row).toMatchObject({ patientType: "EXISTING", nextFollowUpDate: "2026-09-01" });
});

test("a completed visit is reopened on its day by those who manage the clinic", async () => {
  const { during, id, owner } = await clinicWithVisit();
  unwrap(await completeAppointment(during, id));
  expect(await undoStep(asRole(during, "STAFF"), id)).toMatchObject({ error: "FORBIDDEN" });
  expect(await undoStep(at(owner, "2026-03-03T15:00:00Z"), id)).toMatchObject({ error: "ILLEGAL_TRANSITION" });
  expect(unwrap(await undoStep(owner, id)).state).toBe("checked_in");
});

test("a second tap on undo undoes nothing more", async () => {
  const { owner, id } = await clinicWithVisit();
  unwrap(await completeAppointment(owner, id));
  unwrap(await undoStep(owner, { ...id, from: "completed" }));
  expect(await undoStep(owner, { ...id, from: "completed" })).toMatchObject({ error: "ILLEGAL_TRANSITION" });
});

test("nobody is missed before the start", async () => {
  const { ctx, id } = await clinicWithVisit();
  expect(await markNoShow(ctx, id)).toMatchObject({ error: "TOO_SOON" });
});

test("the sweep marks who did not come 15 minutes after the start, or after the delay they announced", async () => {
  const { ctx, id } = await clinicWithVisit();
  unwrap(await runningLate(ctx, { ...id, minutes: 20 }));
  expect(unwrap(await sweepNoShows(at(ctx, "2026-03-02T15:34:00Z")))).toEqual({ marked: 0 });
  expect(unwrap(await sweepNoShows(at(ctx, "2026-03-02T15:35:00Z")))).toEqual({ marked: 1 });
  expect(unwrap(await sweepNoShows(at(ctx, "2026-03-02T15:40:00Z")))).toEqual({ marked: 0 });
});

test("the sweep leaves alone who is there", async () => {
  const { during, id, ctx } = await clinicWithVisit();
  unwrap(await checkIn(during, id));
  expect(unwrap(await sweepNoShows(at(ctx, "2026-03-02T16:00:00Z")))).toEqual({ marked: 0 });
});

test("the rest of a missed visit is offered to nobody online, and the desk may use it", async () => {
  const { ctx, cleaning, provider, patient } = await makeClinic({ settings: { minimumNoticeMinutes: 0 } });
  const slot = { patientId: patient.id, serviceId: cleaning.id, providerId: provider.id, startsAt } as const;
  const { id } = unwrap(await bookAppointment(ctx, { ...slot, createdFrom: "SMS" }));
  const during = at(ctx, "2026-03-02T15:10:00Z");
  unwrap(await markNoShow(during, { appointmentId: id }));
  const rest = { ...slot, startsAt: new Date("2026-03-02T15:15:00Z"), createdFrom: "SMS" } as const;
  const wish = { days: [{ from: "2026-03-02", to: "2026-03-02" }], at: "10:15" };
  const ask = { serviceId: cleaning.id, providerIds: [provider.id], wish };
  expect(unwrap(await findSlots(during, ask)).fits).toEqual([]);
  expect(await bookAppointment(during, rest)).toMatchObject({ error: "SLOT_TAKEN" });
  expect(await bookAppointment(asRole(during, "STAFF"), rest)).toMatchObject({ ok: true });
});

test("a move has its old time until it has the new one, and asks for confirmation again", async () => {
  const { ctx, id, other, visit } = await clinicWithVisit();
  unwrap(await setConfirmation(ctx, { ...id, confirmation: "confirmed" }));
  const noon = new Date("2026-03-02T16:30:00Z");
  const moved = unwrap(await rescheduleAppointment(ctx, { ...id, startsAt: noon }));
  expect(moved).toMatchObject({ startsAt: noon, confirmation: "unasked", provider: visit.provider });
  expect(await takenBy(ctx, visit.id)).toHaveLength(1);
  const closed = await rescheduleAppointment(ctx, { ...id, startsAt: new Date("2026-03-02T17:00:00Z") });
  expect(closed).toMatchObject({ error: "OUTSIDE_HOURS" });
  const toOther = unwrap(await rescheduleAppointment(ctx, { ...id, startsAt, providerId: other.id }));
  expect(toOther.provider.id).toBe(other.id);
  expect((await takenBy(ctx, visit.id)).map(({ resourceId }) => resourceId)).toEqual([other.id]);
});

test("a move may overlap its own old time, and is refused another's", async () => {
  const { ctx, id, slot } = await clinicWithVisit();
  const quarter = new Date("2026-03-02T15:15:00Z");
  expect(unwrap(await rescheduleAppointment(ctx, { ...id, startsAt: quarter })).startsAt).toEqual(quarter);
  const next = { ...slot, startsAt: new Date("2026-03-02T15:45:00Z"), createdFrom: "SMS" } as const;
  unwrap(await bookAppointment(ctx, next));
  const late = await rescheduleAppointment(ctx, { ...id, startsAt: new Date("2026-03-02T15:30:00Z") });
  expect(late).toMatchObject({ error: "SLOT_TAKEN" });
});

test("who is there or gone is not moved", async () => {
  const { during, id } = await clinicWithVisit();
  unwrap(await checkIn(during, id));
  const move = { ...id, startsAt: new Date("2026-03-03T15:00:00Z") };
  expect(await rescheduleAppointment(during, move)).toMatchObject({ error: "ILLEGAL_TRANSITION" });
});

test("upcoming visits are the booked ones of these patients that are not over", async () => {
  const { ctx, patient, visit, during } = await clinicWithVisit();
  const idsOf = (visits: Pick<ShownVisit, "id">[]) => visits.map(({ id }) => id);
  expect(idsOf(await listUpcoming(during, [patient.id]))).toEqual([visit.id]);
  expect(await listUpcoming(at(ctx, "2026-03-02T15:30:00Z"), [patient.id])).toEqual([]);
  expect(await listUpcoming(ctx, [])).toEqual([]);
});
