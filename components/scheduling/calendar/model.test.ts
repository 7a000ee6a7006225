import { expect, test } from "vitest";
import type { Appointment, Calendar } from "../queries";
import { addDays, wallOf } from "../wall";
import { layOut, NO_CHAIR, weekOf, type SheetAsk } from "./model";

const ZONE = "America/New_York";
const DAY = "2026-03-02";
const ASK: SheetAsk = { days: [DAY], by: "provider", timeZone: ZONE, only: [], services: [], isWithCancelled: false };
const provider = (id: string, hours: { from: string; to: string }[] = []): Calendar["providers"][number] => ({
  ...{ id, name: id, days: [{ day: DAY, hours }] },
});
const visit = (id: string, startsAt: string, endsAt: string, more: Partial<Appointment> = {}): Appointment => ({
  id,
  starts_at: startsAt,
  ends_at: endsAt,
  state: "scheduled",
  confirmation: "unasked",
  created_from: "SMS",
  patient: { id: "p", name: "Ana" },
  service: { id: "s", name: "Cleaning" },
  provider: { id: "lee", name: "Lee" },
  segments: [],
  ...more,
});
const calendar = (more: Partial<Calendar>): Calendar => ({
  ...{ visits: [], providers: [], operatories: [], time_off: [], busy: [] },
  ...more,
});

test("reads the clinic's clock, not the browser's, also on the night the clocks change", () => {
  expect(wallOf("2026-03-02T14:30:00Z", ZONE)).toEqual({ day: "2026-03-02", minutes: 9 * 60 + 30 });
  expect(wallOf("2026-03-08T07:30:00Z", ZONE)).toEqual({ day: "2026-03-08", minutes: 3 * 60 + 30 });
  expect(wallOf("2026-03-02T00:00:00Z", "Asia/Kathmandu")).toEqual({ day: "2026-03-02", minutes: 5 * 60 + 45 });
  expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
});

test("the sheet spans open hours and every visit, in full hours, and leaves out who is not there", () => {
  const late = visit("a", "2026-03-02T23:30:00Z", "2026-03-03T00:10:00Z");
  const providers = [provider("lee", [{ from: "08:30", to: "17:00" }]), provider("off")];
  const sheet = layOut(calendar({ providers, visits: [late] }), ASK);
  expect(sheet.columns.map(({ id, count }) => [id, count])).toEqual([["lee", 1]]);
  expect([sheet.from, sheet.to]).toEqual([8 * 60, 20 * 60]);
});

test("an empty day without anybody at work still shows everyone and ordinary hours", () => {
  const sheet = layOut(calendar({ providers: [provider("lee"), provider("kim")] }), ASK);
  expect(sheet).toMatchObject({ from: 480, to: 1080 });
  expect(sheet.columns).toHaveLength(2);
});

test("a helper's part stands in the helper's column, at its own time, and is not what is moved", () => {
  const segments = [
    { resource_id: "lee", starts_at: "2026-03-02T14:00:00Z", ends_at: "2026-03-02T15:00:00Z" },
    { resource_id: "kim", starts_at: "2026-03-02T14:30:00Z", ends_at: "2026-03-02T15:00:00Z" },
  ];
  const cleaning = visit("a", "2026-03-02T14:00:00Z", "2026-03-02T15:00:00Z", { segments });
  const { cards } = layOut(calendar({ providers: [provider("lee"), provider("kim")], visits: [cleaning] }), ASK);
  expect(cards.map(({ columnId, from, to, isLead }) => [columnId, from, to, isLead])).toEqual([
    ["lee", 540, 600, true],
    ["kim", 570, 600, false],
  ]);
});

test("by chair each visit stands once, and one that needs no chair has a column too", () => {
  const seated = visit("a", "2026-03-02T14:00:00Z", "2026-03-02T15:00:00Z", {
    operatory: { id: "c1", name: "Chair 1" },
  });
  const call = visit("b", "2026-03-02T15:00:00Z", "2026-03-02T15:10:00Z");
  const operatories = [{ id: "c1", name: "Chair 1" }];
  const sheet = layOut(calendar({ operatories, visits: [seated, call] }), { ...ASK, by: "chair" });
  expect(sheet.columns.map(({ id }) => id)).toEqual(["c1", NO_CHAIR]);
  expect(sheet.cards.map(({ columnId, to }) => [columnId, to])).toEqual([
    ["c1", 600],
    [NO_CHAIR, 615],
  ]);
});

test("all that is not open is shaded, and time off and time taken elsewhere besides", () => {
  const lee = provider("lee", [
    { from: "09:00", to: "12:00" },
    { from: "13:00", to: "24:00" },
  ]);
  const off = { id: "x", provider_id: null, day_from: "2026-03-01", day_to: DAY, from_time: "12:00", to_time: "13:00" };
  const busy = { provider_id: "lee", starts_at: "2026-03-02T02:00:00Z", ends_at: "2026-03-02T15:00:00Z" };
  const sheet = layOut(calendar({ providers: [lee], time_off: [{ ...off, reason: "Lunch" }], busy: [busy] }), ASK);
  expect(sheet.shades.map(({ kind, from, to, words }) => [kind, from, to, words])).toEqual([
    ["closed", 0, 540, undefined],
    ["closed", 720, 780, undefined],
    ["off", 720, 780, "Lunch"],
    ["busy", 0, 600, undefined],
  ]);
});

test("a filter leaves the visits for its services, and cancelled ones are counted and kept back", () => {
  const [gone, other] = [{ state: "cancelled" } as const, { service: { id: "crown", name: "Crown" } }];
  const times = ["2026-03-02T14:00:00Z", "2026-03-02T15:00:00Z"] as const;
  const visits = [visit("a", ...times), visit("b", ...times, gone), visit("c", ...times, other)];
  const shown = (more: Partial<SheetAsk>) =>
    layOut(calendar({ providers: [provider("lee")], visits }), { ...ASK, ...more }).cards.map((card) => card.visit.id);
  expect(shown({})).toEqual(["a", "c"]);
  expect(shown({ isWithCancelled: true, services: ["s"] })).toEqual(["a", "b"]);
});

test("a week begins where the clinic's does", () => {
  expect(weekOf("2026-03-04", 1)[0]).toBe("2026-03-02");
  expect(weekOf("2026-03-04", 7)[0]).toBe("2026-03-01");
  expect(weekOf("2026-03-01", 7)).toEqual([0, 1, 2, 3, 4, 5, 6].map((at) => addDays("2026-03-01", at)));
  expect(weekOf("2026-03-06", 6)[0]).toBe("2026-02-28");
});
