import { expect, test } from "vitest";
import { makeClinic, makeService } from "@/db/testing/make";
import { unwrap } from "@/lib/core/result";
import { dayIn, timeIn } from "@/lib/core/zone";
import { bookAppointment } from "./book";
import { findSlots } from "./find-slots";
import { holdSlot } from "./hold";
import type { FoundSlot, SlotWish } from "./schema";

const ZONE = "America/New_York";
const wallOf = ({ startsAt }: FoundSlot) => `${dayIn(startsAt, ZONE)} ${timeIn(startsAt, ZONE)}`;

async function searching(wish: SlotWish, more: object = {}) {
  const clinic = await makeClinic();
  const found = unwrap(await findSlots(clinic.ctx, { serviceId: clinic.cleaning.id, wish, ...more }));
  return { ...clinic, found, fits: found.fits.map(wallOf), nearest: found.nearest.map(wallOf) };
}

test("an open question is answered with three starts, the first one among them, on different days and hours", async () => {
  const { fits, found } = await searching({});
  expect(fits).toEqual(["2026-03-02 09:00", "2026-03-03 13:30", "2026-03-04 16:30"]);
  expect(found.hasMore).toBe(true);
  expect(found.fits[0]?.providerName).toBe("Dr. Ada Moreno");
});

test("one day is offered from its morning to its end", async () => {
  const { fits } = await searching({ days: [{ from: "2026-03-05", to: "2026-03-05" }] });
  expect(fits).toEqual(["2026-03-05 09:00", "2026-03-05 13:30", "2026-03-05 16:30"]);
});

test("a week is offered from end to end", async () => {
  const { fits } = await searching({ days: [{ from: "2026-03-09", to: "2026-03-15" }] });
  expect(fits.map((wall) => wall.slice(0, 10))).toEqual(["2026-03-09", "2026-03-11", "2026-03-13"]);
});

test("a time of day holds for every offer, and its end is left out", async () => {
  const { fits } = await searching({ notBefore: "15:00", notAfter: "16:00", weekdays: [2, 4] });
  expect(fits).toEqual(["2026-03-03 15:00", "2026-03-05 15:30", "2026-03-10 15:45"]);
});

test("the hour asked for is offered on the next days that have it", async () => {
  const { fits } = await searching({ at: "16:00" });
  expect(fits).toEqual(["2026-03-02 16:00", "2026-03-03 16:00", "2026-03-04 16:00"]);
});

test("around three o'clock finds three o'clock first, and what is near it", async () => {
  const { fits } = await searching({
    at: "15:00",
    approximate: true,
    days: [{ from: "2026-03-03", to: "2026-03-03" }],
  });
  expect(fits).toContain("2026-03-03 15:00");
  expect(fits).toHaveLength(3);
});

test("as soon as possible is the first starts, as late as possible the last of the days", async () => {
  expect((await searching({ earliest: true })).fits).toEqual([
    "2026-03-02 09:00",
    "2026-03-02 09:15",
    "2026-03-02 09:30",
  ]);
  expect((await searching({ latest: true })).fits).toEqual([
    "2026-03-02 16:30",
    "2026-03-03 16:30",
    "2026-03-04 16:30",
  ]);
});

test("a day nobody works answers the nearest others and says why", async () => {
  const { found, fits, nearest } = await searching({ days: [{ from: "2026-03-07", to: "2026-03-07" }] });
  expect(fits).toEqual([]);
  expect(found.why).toBe("closed");
  expect(nearest.map((wall) => wall.slice(0, 10))).toEqual(["2026-03-06", "2026-03-06", "2026-03-06"]);
});

test("a day ruled out is not offered even as the nearest", async () => {
  const wish = { days: [{ from: "2026-03-07", to: "2026-03-07" }], exceptDays: ["2026-03-06"], exceptWeekdays: [1] };
  const { nearest } = await searching(wish);
  expect(nearest.map((wall) => wall.slice(0, 10))).toEqual(["2026-03-05", "2026-03-05", "2026-03-05"]);
});

test("too far ahead, too soon and nobody at work are told apart", async () => {
  expect((await searching({ days: [{ from: "2027-03-01", to: null }] })).found.why).toBe("too_far");
  const { ctx, cleaning } = await makeClinic();
  const evening = { ...ctx, now: () => new Date("2026-03-02T22:30:00Z") };
  const today = [{ from: "2026-03-02", to: "2026-03-02" }];
  const whyOf = async (wish: SlotWish) => unwrap(await findSlots(evening, { serviceId: cleaning.id, wish })).why;
  expect(await whyOf({ days: today, at: "15:00" })).toBe("too_soon");
  expect(await whyOf({ days: today, notBefore: "17:00" })).toBe("closed");
});

test("what was shown is not shown again, later means later, earlier means earlier", async () => {
  const { ctx, cleaning, found } = await searching({});
  const shown = found.fits.map(({ startsAt }) => startsAt);
  const input = { serviceId: cleaning.id };
  const again = unwrap(await findSlots(ctx, { ...input, exceptStarts: shown }));
  expect(again.fits.filter(({ startsAt }) => shown.some((old) => +old === +startsAt))).toEqual([]);
  const at = shown[1] ?? new Date();
  expect(unwrap(await findSlots(ctx, { ...input, after: at })).fits.every(({ startsAt }) => startsAt > at)).toBe(true);
  expect(unwrap(await findSlots(ctx, { ...input, before: at })).fits.every(({ startsAt }) => startsAt < at)).toBe(true);
});

test("what is booked or held is not offered; a hold past its time is", async () => {
  const { ctx, cleaning, provider, patient } = await makeClinic();
  const wish = { days: [{ from: "2026-03-03", to: "2026-03-03" }], at: "09:00" };
  const ask = { serviceId: cleaning.id, providerIds: [provider.id], wish };
  const startsAt = new Date("2026-03-03T14:00:00Z");
  const slot = { patientId: patient.id, serviceId: cleaning.id, providerId: provider.id, startsAt } as const;
  const expiresAt = new Date("2026-03-02T12:30:00Z");
  unwrap(await holdSlot(ctx, { ...slot, createdFrom: "SMS", expiresAt }));
  expect(unwrap(await findSlots(ctx, ask))).toMatchObject({ fits: [], why: "full" });
  const later = { ...ctx, now: () => expiresAt };
  expect(unwrap(await findSlots(later, ask)).fits).toHaveLength(1);
  unwrap(await bookAppointment(later, { ...slot, createdFrom: "SMS" }));
  expect(unwrap(await findSlots(later, ask)).fits).toEqual([]);
});

test("a visit to be moved may be offered its own neighbourhood", async () => {
  const { ctx, cleaning, provider, patient } = await makeClinic();
  const startsAt = new Date("2026-03-03T14:00:00Z");
  const slot = { patientId: patient.id, serviceId: cleaning.id, providerId: provider.id, startsAt } as const;
  const booked = unwrap(await bookAppointment(ctx, { ...slot, createdFrom: "SMS" }));
  const wish = { days: [{ from: "2026-03-03", to: "2026-03-03" }], at: "09:15" };
  const ask = { serviceId: cleaning.id, providerIds: [provider.id], wish };
  expect(unwrap(await findSlots(ctx, ask)).fits).toEqual([]);
  expect(unwrap(await findSlots(ctx, { ...ask, exceptAppointmentId: booked.id })).fits).toHaveLength(1);
});

test("nobody who provides the service is NOT_FOUND, not an empty answer", async () => {
  const { ctx, hygienist, cleaning } = await makeClinic();
  const ask = { serviceId: cleaning.id, providerIds: [hygienist.id] };
  expect(await findSlots(ctx, ask)).toMatchObject({ error: "NOT_FOUND", details: { what: "provider" } });
  const unled = await makeService(ctx, { providerIds: [] });
  expect(await findSlots(ctx, { serviceId: unled.id })).toMatchObject({ error: "NOT_FOUND" });
});
