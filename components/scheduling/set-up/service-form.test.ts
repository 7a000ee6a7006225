import { expect, test } from "vitest";
import { moved } from "./order";
import { bodyOf, digitsOf, formOf, isSoundService, withDuration } from "./service-form";

const CLEANING = {
  id: "s",
  name: "Cleaning",
  names: { en: "Cleaning", ar: "تنظيف" },
  synonyms: { en: ["scaling", "polish"], ar: undefined, es: undefined },
  duration_minutes: 60,
  buffer_before_minutes: 0,
  buffer_after_minutes: 10,
  color: "cyan",
  value: 14_550,
  recall_interval_days: 180,
  is_online: true,
  daily_cap: null,
  is_active: true,
  segments: [
    { role: "lead" as const, from_minute: 0, to_minute: 60 },
    { role: "dentist" as const, from_minute: 45, to_minute: 55 },
  ],
  provider_ids: ["a"],
  operatory_ids: [],
};

test("a service that nobody changed is sent as it came", () => {
  const { id: _, name: _n, names, is_active: _a, ...rest } = CLEANING;
  const synonyms = { en: ["scaling", "polish"], ar: [], es: [] };
  expect(bodyOf(formOf(CLEANING, "USD"), "USD")).toEqual({ ...rest, name: names, synonyms });
});

test("words are split at commas of either script, money at the currency's digits", () => {
  const form = { ...formOf(CLEANING, "USD"), value: "12.5", dailyCap: "4", recallDays: "" };
  const synonyms = { ...form.synonyms, ar: "تلميع، تنظيف ,تلميع" };
  const body = bodyOf({ ...form, synonyms }, "KWD");
  expect(body).toMatchObject({ value: 12_500, daily_cap: 4, recall_interval_days: null });
  expect(body).toMatchObject({ synonyms: { ar: ["تلميع", "تنظيف"] } });
  expect([digitsOf("USD"), digitsOf("JPY"), digitsOf("KWD")]).toEqual([2, 0, 3]);
});

test("whoever may not see revenue figures sends none", () => {
  expect(bodyOf(formOf({ ...CLEANING, value: undefined }, "USD"), "USD")).not.toHaveProperty("value");
});

test("a new length keeps who stayed to the end at the end, and nobody beyond it", () => {
  const form = formOf(CLEANING, "USD");
  const ends = (minutes: number) => withDuration(form, minutes).segments.map(({ to_minute }) => to_minute);
  expect(ends(90)).toEqual([90, 55]);
  expect(ends(50)).toEqual([50, 50]);
  expect(isSoundService(withDuration(form, 50))).toBe(true);
  expect(isSoundService(withDuration(form, 40))).toBe(false); // the dentist would come after the end
});

test("what is moved stands where it was put, and the others keep their order", () => {
  const list = ["a", "b", "c"].map((id) => ({ id }));
  const after = (id: string, to: number) =>
    moved(list, id, to)
      .map((one) => one.id)
      .join("");
  expect([after("a", 2), after("c", 0), after("b", 1), after("b", 9), after("x", 0)]).toEqual(["bca", "cab", "abc", "acb", "abc"]); // prettier-ignore
});
