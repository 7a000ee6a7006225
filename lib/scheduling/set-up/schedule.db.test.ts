import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { makeClinic, makePatient } from "@/db/testing/make";
import { unwrap } from "@/lib/core/result";
import { bookAppointment, bookIn } from "@/lib/scheduling/book";
import { changeVisit } from "@/lib/scheduling/change-visit";
import { listAvailability } from "@/lib/scheduling/list-availability";
import { listAppointments } from "@/lib/scheduling/list-appointments";
import { ListAppointments } from "@/lib/scheduling/schema";
import { addException, changeException, removeException, removeSeason, saveSeason, setWeek } from "./change-schedule";
import { getSchedule } from "./get-schedule";
import { listOverlapped } from "./overlapped";
import { previewSchedule } from "./preview";
import { PreviewSchedule, SaveException, SaveSeason, SetWeek } from "./schema";

/** Monday 2026-03-02, ten in the morning in New York. */
const TEN = new Date("2026-03-02T15:00:00Z");
const off = (provider_id: string | null, fields: object = {}) =>
  SaveException.parse({ provider_id, kind: "closed", day_from: "2026-03-02", day_to: "2026-03-02", ...fields });

async function withVisit() {
  const clinic = await makeClinic();
  const { ctx, patient, provider, cleaning } = clinic;
  const visit = { patientId: patient.id, providerId: provider.id, serviceId: cleaning.id, createdFrom: "API" } as const;
  return { ...clinic, visit: unwrap(await bookAppointment(ctx, { ...visit, startsAt: TEN })) };
}
type Clinic = Awaited<ReturnType<typeof withVisit>>;

const startsOn = async ({ ctx, cleaning, provider }: Clinic, day: string) => {
  const ask = {
    year: Number(day.slice(0, 4)),
    month: Number(day.slice(5, 7)),
    serviceId: cleaning.id,
    providerId: provider.id,
  };
  const { days } = unwrap(await listAvailability(ctx, ask));
  return days.find((one) => one.day === day)?.slots.map(({ startsAt }) => startsAt.toISOString().slice(11, 16)) ?? [];
};

test("a written week is what is offered, and names the visits that it leaves outside", async () => {
  const clinic = await withVisit();
  const { ctx, provider, other, visit } = clinic;
  const hours = [{ weekday: 1, from_time: "13:00", to_time: "14:00" }];
  const written = unwrap(await setWeek(ctx, SetWeek.parse({ provider_ids: [provider.id, other.id], hours })));
  expect(written.overlapped).toMatchObject({ total: 1, items: [{ id: visit.id, status: "confirmed" }] });
  expect(await startsOn(clinic, "2026-03-09")).toEqual(["17:00", "17:15", "17:30"]); // summer time since the 8th
  expect(await startsOn(clinic, "2026-03-10")).toEqual([]);
  const { providers } = unwrap(await getSchedule(ctx));
  const week = [{ weekday: 1, fromTime: "13:00", toTime: "14:00" }];
  expect(providers.map((one) => one.hours)).toEqual([week, week, expect.objectContaining({ length: 10 })]);
  expect(unwrap(await listOverlapped(ctx)).total).toBe(1);
});

test("a season holds instead of the usual week on its days, and is taken away again", async () => {
  const clinic = await withVisit();
  const { ctx, provider } = clinic;
  const dates = { valid_from: "2026-03-09", valid_to: "2026-03-15" };
  const hours = [{ weekday: 1, from_time: "20:00", to_time: "21:00" }];
  const season = SaveSeason.parse({ provider_ids: [provider.id], ...dates, hours });
  expect(unwrap(await saveSeason(ctx, season)).overlapped.total).toBe(0); // the visit is before it
  expect(unwrap(await saveSeason(ctx, season)).overlapped.total).toBe(0); // twice is once
  expect(await startsOn(clinic, "2026-03-09")).toEqual(["00:00", "00:15", "00:30"]);
  expect(await startsOn(clinic, "2026-03-10")).toEqual([]);
  expect((await startsOn(clinic, "2026-03-16")).length).toBeGreaterThan(20);
  const clash = SaveSeason.parse({
    ...dates,
    provider_ids: [provider.id],
    valid_from: "2026-03-15",
    valid_to: "2026-03-20",
    hours,
  });
  expect(await saveSeason(ctx, clash)).toMatchObject({ error: "CONFLICT", details: { what: "season" } });
  const seasonsOf = async () => unwrap(await getSchedule(ctx)).providers[0]?.seasons.length;
  expect(await seasonsOf()).toBe(1);
  unwrap(await removeSeason(ctx, { providerId: provider.id, validFrom: dates.valid_from, validTo: dates.valid_to }));
  expect(await seasonsOf()).toBe(0);
});

test("time off names the visits that it overlaps and cancels none; changed or removed, it names what is left", async () => {
  const { ctx, provider, other, visit } = await withVisit();
  const added = unwrap(
    await addException(ctx, off(provider.id, { from_time: "10:00", to_time: "10:30", reason: "Dentist" })),
  );
  expect(added.overlapped.items.map(({ id }) => id)).toEqual([visit.id]);
  expect(unwrap(await addException(ctx, off(other.id))).overlapped.total).toBe(0);
  const id = added.id ?? "";
  const later = off(provider.id, { from_time: "10:30", to_time: "12:00" });
  expect(unwrap(await changeException(ctx, id, later)).overlapped.total).toBe(0);
  expect(unwrap(await addException(ctx, off(null))).overlapped.total).toBe(1); // the whole clinic is closed
  expect(unwrap(await removeException(ctx, id)).overlapped.total).toBe(1);
  expect(await removeException(ctx, id)).toMatchObject({ error: "NOT_FOUND" });
  expect(unwrap(await getSchedule(ctx)).exceptions).toHaveLength(2);
});

test("another clinic's schedule can't be written", async () => {
  const [here, elsewhere] = [await withVisit(), await withVisit()];
  const foreign = unwrap(await addException(elsewhere.ctx, off(elsewhere.provider.id))).id ?? "";
  const hours = SetWeek.parse({ provider_ids: [here.provider.id, elsewhere.provider.id], hours: [] });
  expect(await setWeek(here.ctx, hours)).toMatchObject({ error: "NOT_FOUND", details: { what: "provider" } });
  expect(await addException(here.ctx, off(elsewhere.provider.id))).toMatchObject({ error: "NOT_FOUND" });
  expect(await changeException(here.ctx, foreign, off(null))).toMatchObject({ error: "NOT_FOUND" });
  expect(await removeException(here.ctx, foreign)).toMatchObject({ error: "NOT_FOUND" });
  expect(unwrap(await getSchedule(here.ctx)).providers[0]?.hours).toHaveLength(10);
});

test("a preview shows the starts and the visits of a change that nobody saved, and saves nothing", async () => {
  const { ctx, provider, cleaning, visit } = await withVisit();
  const ask = (draft?: object) =>
    previewSchedule(
      ctx,
      PreviewSchedule.parse({ provider_id: provider.id, service_id: cleaning.id, from: "2026-03-02", days: 2, draft }),
    );
  const before = unwrap(await ask());
  expect(before.overlapped.total).toBe(0);
  expect(before.days.map(({ open }) => open.length)).toEqual([2, 2]);
  const hours = [{ weekday: 1, from_time: "11:00", to_time: "12:00" }];
  const drafted = unwrap(await ask({ week: { provider_ids: [provider.id], hours } }));
  expect(drafted.days.map(({ open, slots }) => [open, slots.map((slot) => slot.toISOString())])).toEqual([
    [
      [{ from: "11:00", to: "12:00" }],
      ["2026-03-02T16:00:00.000Z", "2026-03-02T16:15:00.000Z", "2026-03-02T16:30:00.000Z"],
    ],
    [[], []],
  ]);
  expect(drafted.overlapped.items.map(({ id }) => id)).toEqual([visit.id]);
  const closed = { provider_id: null, kind: "closed", day_from: "2026-03-02", day_to: "2026-03-03" };
  expect(unwrap(await ask({ exception: closed })).days.flatMap(({ open }) => open)).toEqual([]);
  expect(unwrap(await ask())).toEqual(before);
});

test("no booking slips in between time off and the list of visits that it overlaps", async () => {
  const { ctx, provider, cleaning, patient } = await makeClinic();
  const patients = [patient, ...(await Promise.all(Array.from({ length: 11 }, () => makePatient(ctx))))];
  for (const day of ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"]) {
    const book = ({ id }: { id: string }, index: number) => {
      const startsAt = new Date(`${day}T${14 + Math.floor(index / 2)}:${index % 2 ? "30" : "00"}:00Z`);
      const visit = {
        patientId: id,
        serviceId: cleaning.id,
        providerId: provider.id,
        startsAt,
        createdFrom: "SMS",
      } as const;
      return changeVisit(ctx, (tx: Tx) => bookIn(tx, ctx, visit)); // as rivals in other processes: not in turn
    };
    const early = patients.slice(0, 3).map(book);
    const closing = addException(ctx, off(provider.id, { day_from: day, day_to: day }));
    const late = patients.slice(3).map((one, index) => book(one, index + 3));
    const [named] = await Promise.all([closing, ...early, ...late]);
    const { items } = unwrap(
      await listAppointments(ctx, ListAppointments.parse({ start_date: day, end_date: day, limit: 100 })),
    );
    expect(new Set(items.map(({ id }) => id))).toEqual(new Set(unwrap(named).overlapped.items.map(({ id }) => id)));
  }
});
