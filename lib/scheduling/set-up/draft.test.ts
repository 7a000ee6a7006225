import { expect, test } from "vitest";
import { applyDraft, touchedBy, type Schedule } from "./draft";
import { PreviewSchedule, SaveException, SaveSeason, SetWeek, type ScheduleDraft } from "./schema";

const ada = "00000000-0000-7000-8000-00000000000a";
const bo = "00000000-0000-7000-8000-00000000000b";
const holiday = "00000000-0000-7000-8000-0000000000cc";
const row = (
  providerId: string,
  weekday: number,
  fromTime: string,
  toTime: string,
  dates: [string, string] | null = null,
) => ({
  providerId,
  weekday,
  fromTime,
  toTime,
  validFrom: dates?.[0] ?? null,
  validTo: dates?.[1] ?? null,
});
const WEEK: Schedule = {
  hours: [
    row(ada, 1, "09:00", "17:00"),
    row(bo, 1, "09:00", "17:00"),
    row(ada, 1, "10:00", "14:00", ["2026-03-01", "2026-03-31"]),
  ],
  exceptions: [
    {
      id: holiday,
      providerId: null,
      kind: "closed",
      dayFrom: "2026-05-01",
      dayTo: "2026-05-01",
      fromTime: null,
      toTime: null,
      reason: null,
    },
  ],
};
const draftOf = (draft: unknown): ScheduleDraft => {
  const parsed = PreviewSchedule.parse({ provider_id: ada, from: "2026-03-02", draft });
  if (!parsed.draft) throw new Error("no draft");
  return parsed.draft;
};
const span = (weekday: number, from_time: string, to_time: string) => ({ weekday, from_time, to_time });
const after = (draft: unknown) => {
  const result = applyDraft(WEEK, draftOf(draft));
  return result.ok ? result.data : result;
};

test("a new week replaces its provider's usual hours, and neither another's nor a season", () => {
  const week = { provider_ids: [ada], hours: [span(2, "08:00", "12:00")] };
  expect(after({ week })).toEqual({ ...WEEK, hours: [WEEK.hours[1], WEEK.hours[2], row(ada, 2, "08:00", "12:00")] });
  expect(touchedBy(WEEK, draftOf({ week }))).toEqual({ providerIds: [ada], from: null, to: null });
});

test("a season replaces the one of its days, may be moved, and overlaps no other of the same provider", () => {
  const season = {
    provider_ids: [ada],
    valid_from: "2026-03-20",
    valid_to: "2026-04-10",
    hours: [span(1, "20:00", "24:00")],
  };
  expect(after({ season })).toEqual({
    ok: false,
    error: "CONFLICT",
    details: { what: "season", validFrom: "2026-03-01", validTo: "2026-03-31" },
  });
  const moved = { ...season, replaces: { valid_from: "2026-03-01", valid_to: "2026-03-31" } };
  expect(after({ season: moved })).toEqual({
    ...WEEK,
    hours: [WEEK.hours[0], WEEK.hours[1], row(ada, 1, "20:00", "24:00", ["2026-03-20", "2026-04-10"])],
  });
  expect(touchedBy(WEEK, draftOf({ season: moved }))).toEqual({
    providerIds: [ada],
    from: "2026-03-01",
    to: "2026-04-10",
  });
  expect(after({ season: { ...season, provider_ids: [bo] } })).toMatchObject({ hours: { length: 4 } });
  const none = { provider_id: bo, valid_from: "2026-03-01", valid_to: "2026-03-31" };
  expect(after({ without_season: none })).toMatchObject({ error: "NOT_FOUND" });
  expect(after({ without_season: { ...none, provider_id: ada } })).toMatchObject({ hours: { length: 2 } });
});

test("who changes an exception touches the days and people it had and those it has now", () => {
  const off = { provider_id: ada, kind: "closed", day_from: "2026-05-04", day_to: "2026-05-06" };
  expect(touchedBy(WEEK, draftOf({ exception: off }))).toEqual({
    providerIds: [ada],
    from: "2026-05-04",
    to: "2026-05-06",
  });
  const change = { exception: off, replaces_id: holiday };
  expect(touchedBy(WEEK, draftOf(change))).toEqual({ providerIds: null, from: "2026-05-01", to: "2026-05-06" });
  expect(after(change)).toMatchObject({ exceptions: [{ id: holiday, providerId: ada, dayFrom: "2026-05-04" }] });
  expect(after({ without_exception_id: holiday })).toMatchObject({ exceptions: [] });
  expect(after({ without_exception_id: ada })).toMatchObject({ error: "NOT_FOUND" });
});

test("hours that overlap or end before they begin are refused; 24:00 is a day's end, and spans may touch", () => {
  const isWeek = (...hours: object[]) => SetWeek.safeParse({ provider_ids: [ada], hours }).success;
  expect(isWeek(span(1, "09:00", "12:00"), span(1, "12:00", "24:00"), span(2, "11:00", "13:00"))).toBe(true);
  expect(isWeek()).toBe(true);
  expect(isWeek(span(1, "13:00", "17:00"), span(1, "09:00", "13:01"))).toBe(false);
  expect(isWeek(span(1, "12:00", "12:00"))).toBe(false);
  expect(isWeek(span(1, "17:00", "09:00"))).toBe(false);
  expect(isWeek(span(1, "24:00", "24:00"))).toBe(false);
  expect(isWeek(span(1, "9:00", "12:00"))).toBe(false);
  expect(isWeek(span(0, "09:00", "12:00"))).toBe(false);
});

test("seasons and exceptions end on or after their first day; extra hours have times", () => {
  const hours = [span(1, "09:00", "12:00")];
  const isSeason = (valid_from: string, valid_to: string, week = hours) =>
    SaveSeason.safeParse({ provider_ids: [ada], valid_from, valid_to, hours: week }).success;
  expect(isSeason("2026-02-18", "2026-03-19")).toBe(true);
  expect(isSeason("2026-03-19", "2026-02-18")).toBe(false);
  expect(isSeason("2026-02-30", "2026-03-19")).toBe(false);
  expect(isSeason("2026-02-18", "2028-03-19")).toBe(false);
  expect(isSeason("2026-02-18", "2026-03-19", [])).toBe(false);
  const isException = (fields: object) =>
    SaveException.safeParse({
      provider_id: null,
      kind: "closed",
      day_from: "2026-05-01",
      day_to: "2026-05-01",
      ...fields,
    }).success;
  expect(isException({})).toBe(true);
  expect(isException({ from_time: "12:00", to_time: "24:00" })).toBe(true);
  expect(isException({ day_to: "2026-04-30" })).toBe(false);
  expect(isException({ from_time: "12:00" })).toBe(false);
  expect(isException({ from_time: "12:00", to_time: "11:00" })).toBe(false);
  expect(isException({ kind: "extra" })).toBe(false);
  expect(isException({ kind: "extra", from_time: "12:00", to_time: "15:00" })).toBe(true);
});
