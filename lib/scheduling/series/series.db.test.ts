import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { appointments, occupancies } from "@/db/schema/appointments";
import { visitSeries } from "@/db/schema/visit-series";
import { countDeadlocks } from "@/db/testing/deadlocks";
import { makeClinic, makePatient, makeService } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { bookAppointment } from "../book";
import { completeAppointment } from "../complete";
import { rescheduleAppointment } from "../reschedule";
import { swapVisits } from "../swap";
import { bookSeries } from "./book-series";
import { cancelWithRest } from "./cancel-with-rest";
import { getSeries } from "./get-series";
import { moveWithRest } from "./move-with-rest";
import { previewSeries } from "./preview-series";
import { BookSeries } from "./schema";

const at = (instant: string) => new Date(`${instant}:00Z`);
const startsOf = (visits: { startsAt: Date | null }[]) =>
  visits.map(({ startsAt }) => startsAt?.toISOString().slice(0, 16));

async function desk() {
  const clinic = await makeClinic();
  const ctx: ClinicContext = { ...clinic.ctx, role: "STAFF", actor: { type: "user", id: "u", name: "Desk" } };
  const { patient, provider, cleaning } = clinic;
  const taken = (startsAt: string) =>
    bookAppointment(ctx, {
      patientId: patient.id,
      serviceId: cleaning.id,
      providerId: provider.id,
      startsAt: at(startsAt),
      createdFrom: "SMS",
    });
  const recall = (repeat: object, rest: object = {}) =>
    BookSeries.parse({
      kind: "recall",
      patient_id: patient.id,
      repeat: {
        service_id: cleaning.id,
        provider_id: provider.id,
        starts_at: "2026-03-03T15:00:00Z",
        count: 3,
        every: 1,
        unit: "week",
        ...repeat,
      },
      ...rest,
    });
  const plan = (visits: object[], rest: object = {}) =>
    BookSeries.parse({
      kind: "plan",
      title: "Implant",
      patient_id: patient.id,
      visits: visits.map((visit) => ({ service_id: cleaning.id, provider_id: provider.id, ...visit })),
      ...rest,
    });
  const countVisits = async () => (await query(ctx, (tx) => tx.select().from(appointments))).length;
  return { ...clinic, ctx, taken, recall, plan, countVisits };
}

test("a recall is booked at the same time on the wall, over the change of clocks, and names its series", async () => {
  const { ctx, recall } = await desk();
  const { seriesId, visits } = unwrap(await bookSeries(ctx, recall({})));
  expect(startsOf(visits)).toEqual(["2026-03-03T15:00", "2026-03-10T14:00", "2026-03-17T14:00"]);
  expect(visits.map(({ series }) => series)).toEqual([0, 1, 2].map((position) => ({ id: seriesId, position })));
  const series = unwrap(await getSeries(ctx, { id: seriesId }));
  expect(series).toMatchObject({ kind: "recall", title: null });
  expect(series.visits.map(({ id }) => id)).toEqual(visits.map(({ id }) => id));
});

test("the dry run shows each date with its conflict and books nothing", async () => {
  const { ctx, recall, taken, countVisits } = await desk();
  unwrap(await taken("2026-03-10T14:00"));
  const exact = unwrap(await previewSeries(ctx, recall({ starts_at: "2026-03-02T15:00:00Z" }, { shift: "none" })));
  expect(exact.visits.map(({ conflict }) => conflict)).toEqual([null, null, null]);
  const { visits } = unwrap(await previewSeries(ctx, recall({ count: 2 }, { shift: "none" })));
  expect(visits.map(({ conflict, startsAt }) => [conflict, startsAt !== null])).toEqual([
    [null, true],
    ["SLOT_TAKEN", false],
  ]);
  const shifted = unwrap(await previewSeries(ctx, recall({ count: 2 })));
  expect(shifted.visits.map(({ isShifted }) => isShifted)).toEqual([false, true]);
  expect(startsOf(shifted.visits)).toEqual(["2026-03-03T15:00", "2026-03-10T13:30"]);
  const weekend = recall({ starts_at: "2026-03-07T15:00:00Z", count: 1 });
  expect(unwrap(await previewSeries(ctx, weekend)).visits[0]?.conflict).toBe("OUTSIDE_HOURS");
  const monday = unwrap(await previewSeries(ctx, { ...weekend, shift: "week" }));
  expect(startsOf(monday.visits)).toEqual(["2026-03-06T15:00"]);
  expect(await countVisits()).toBe(1);
});

test("when one date of a series is not to be had, none is booked, and the answer names it", async () => {
  const { ctx, recall, taken, countVisits } = await desk();
  unwrap(await taken("2026-03-17T14:00"));
  expect(await bookSeries(ctx, recall({}, { shift: "none" }))).toMatchObject({
    error: "SLOT_TAKEN",
    details: { conflicts: [{ index: 2, error: "SLOT_TAKEN", wishedAt: at("2026-03-17T14:00") }] },
  });
  expect(await countVisits()).toBe(1);
  expect(await query(ctx, (tx) => tx.select().from(visitSeries))).toEqual([]);
});

test("the next visit of a completed one goes on from it, and the one after that joins the same series", async () => {
  const { ctx, recall, taken, patient } = await desk();
  const first = unwrap(await taken("2026-03-02T15:00"));
  const then: ClinicContext = { ...ctx, now: () => at("2026-03-02T15:30") };
  unwrap(await completeAppointment(then, { appointmentId: first.id }));
  const next = recall({ starts_at: "2026-09-02T14:00:00Z", count: 1 }, { continues: first.id });
  const { seriesId, visits } = unwrap(await bookSeries(then, next));
  const later = recall({ starts_at: "2027-03-02T15:00:00Z", count: 1 }, { continues: visits[0]?.id });
  expect(unwrap(await bookSeries(then, later)).seriesId).toBe(seriesId);
  const series = unwrap(await getSeries(ctx, { id: seriesId }));
  expect(startsOf(series.visits)).toEqual(["2026-03-02T15:00", "2026-09-02T14:00", "2027-03-02T15:00"]);
  const stranger = await makePatient(ctx);
  expect(patient.id).not.toBe(stranger.id);
  expect(await bookSeries(then, { ...later, patientId: stranger.id })).toMatchObject({ error: "CONFLICT" });
});

test("the steps of a plan come in order with their gaps; one without a day takes the first that has room", async () => {
  const { ctx, plan } = await desk();
  const { visits } = unwrap(
    await bookSeries(ctx, plan([{ starts_at: "2026-03-03T15:00:00Z" }, { gap_days: 4 }, { gap_days: 0 }])),
  );
  // Four days on is a Saturday, so Monday it is, after the change of clocks; the third step follows on the same day.
  expect(startsOf(visits)).toEqual(["2026-03-03T15:00", "2026-03-09T14:00", "2026-03-09T14:30"]);
  const early = plan([{ starts_at: "2026-03-12T14:00:00Z" }, { starts_at: "2026-03-13T14:00:00Z", gap_days: 7 }]);
  expect(await bookSeries(ctx, early)).toMatchObject({ error: "CONFLICT", details: { conflicts: [{ index: 1 }] } });
});

test("no visit of a plan gets before the one before it or too near to the one after, by any way", async () => {
  const { ctx, plan, taken } = await desk();
  const steps = [{ starts_at: "2026-03-03T15:00:00Z" }, { starts_at: "2026-03-10T14:00:00Z", gap_days: 7 }];
  const [first, second] = unwrap(await bookSeries(ctx, plan(steps))).visits;
  if (!first || !second) throw new Error("two were booked");
  const move = (id: string, startsAt: string) =>
    rescheduleAppointment(ctx, { appointmentId: id, startsAt: at(startsAt) });
  const order = { error: "CONFLICT", details: { why: "order", earlierId: first.id, laterId: second.id, gapDays: 7 } };
  expect(await move(first.id, "2026-03-04T15:00")).toMatchObject(order);
  expect(await move(second.id, "2026-03-09T14:00")).toMatchObject(order);
  expect(await swapVisits(ctx, { appointmentId: first.id, withId: second.id })).toMatchObject(order);
  const other = unwrap(await taken("2026-03-12T14:00"));
  expect(await swapVisits(ctx, { appointmentId: first.id, withId: other.id })).toMatchObject(order);
  expect(await move(first.id, "2026-03-03T16:00")).toMatchObject({ ok: true });
  expect(await move(second.id, "2026-03-11T14:00")).toMatchObject({ ok: true });
  expect(await move(first.id, "2026-03-04T15:00")).toMatchObject({ ok: true });
});

test("what comes after moves along when it is to, around what stands in its way, and what comes before stays", async () => {
  const { ctx, plan, taken } = await desk();
  const steps = [
    { starts_at: "2026-03-03T15:00:00Z" },
    { starts_at: "2026-03-10T14:00:00Z", gap_days: 7 },
    { starts_at: "2026-03-11T14:00:00Z", gap_days: 1 },
  ];
  const { seriesId, visits } = unwrap(await bookSeries(ctx, plan(steps)));
  unwrap(await taken("2026-03-12T14:00"));
  const [first, second] = visits;
  const ask = { appointmentId: first?.id ?? "", startsAt: at("2026-03-04T15:00") };
  expect(unwrap(await moveWithRest(ctx, ask)).startsAt).toEqual(ask.startsAt);
  const now = unwrap(await getSeries(ctx, { id: seriesId }));
  expect(startsOf(now.visits)).toEqual(["2026-03-04T15:00", "2026-03-11T14:00", "2026-03-12T13:30"]);
  const early = { appointmentId: second?.id ?? "", startsAt: at("2026-03-06T15:00") };
  expect(await moveWithRest(ctx, early)).toMatchObject({ error: "CONFLICT", details: { why: "order" } });
  expect(startsOf(unwrap(await getSeries(ctx, { id: seriesId })).visits)).toEqual(startsOf(now.visits));
});

test("a cancelled visit leaves the rest of its plan, or takes it with it", async () => {
  const { ctx, plan } = await desk();
  const steps = ["03", "04", "05", "06"].map((day) => ({ starts_at: `2026-03-${day}T15:00:00Z` }));
  const { seriesId, visits } = unwrap(await bookSeries(ctx, plan(steps)));
  const statuses = async () => unwrap(await getSeries(ctx, { id: seriesId })).visits.map(({ state }) => state);
  unwrap(await cancelWithRest(ctx, { appointmentId: visits[1]?.id ?? "", rest: "keep" }));
  expect(await statuses()).toEqual(["scheduled", "cancelled", "scheduled", "scheduled"]);
  const gone = await cancelWithRest(ctx, { appointmentId: visits[2]?.id ?? "", reason: "moves away", rest: "cancel" });
  expect(unwrap(gone).cancelReason).toBe("moves away");
  expect(await statuses()).toEqual(["scheduled", "cancelled", "cancelled", "cancelled"]);
  const left = await query(ctx, (tx) => tx.select().from(occupancies).where(eq(occupancies.clinicId, ctx.clinic.id)));
  expect(left).toHaveLength(1);
});

test("another clinic's series, patient and visit are not found", async () => {
  const [here, elsewhere] = [await desk(), await desk()];
  const { seriesId } = unwrap(await bookSeries(elsewhere.ctx, elsewhere.recall({})));
  expect(await getSeries(here.ctx, { id: seriesId })).toMatchObject({ error: "NOT_FOUND" });
  expect(await bookSeries(here.ctx, { ...here.recall({}), patientId: elsewhere.patient.id })).toMatchObject({
    error: "NOT_FOUND",
    details: { what: "patient" },
  });
});

test("of rivals for a series and for one of its dates either wins whole, and there is no deadlock", async () => {
  const { ctx, recall, plan, taken, provider, other } = await desk();
  const both = await makeService(ctx, { providerIds: [provider.id, other.id] });
  const before = await countDeadlocks();
  const answers = await Promise.all<Result<unknown>>([
    ...[0, 1, 2, 3].map(() => bookSeries(ctx, recall({}, { shift: "none" }))),
    ...[0, 1, 2, 3].map(() =>
      bookSeries(
        ctx,
        plan([{ starts_at: "2026-03-10T14:00:00Z" }, { starts_at: "2026-03-17T14:00:00Z" }], { shift: "none" }),
      ),
    ),
    ...[0, 1].map(() => bookSeries(ctx, recall({ service_id: both.id, provider_id: null }, { shift: "none" }))),
    ...["2026-03-03T15:00", "2026-03-10T14:00", "2026-03-17T14:00"].map(taken),
  ]);
  expect(new Set(answers.flatMap((answer) => (answer.ok ? [] : [answer.error])))).toEqual(new Set(["SLOT_TAKEN"]));
  expect(await countDeadlocks()).toBe(before);
  const visits = await query(ctx, (tx) => tx.select().from(appointments));
  const sizes = new Map<string, number>();
  for (const { seriesId } of visits) if (seriesId) sizes.set(seriesId, (sizes.get(seriesId) ?? 0) + 1);
  for (const size of sizes.values()) expect([2, 3]).toContain(size);
  const rows = await query(ctx, (tx) => tx.select().from(occupancies));
  expect(rows).toHaveLength(visits.length);
});
