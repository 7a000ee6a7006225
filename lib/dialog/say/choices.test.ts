import { expect, test } from "vitest";
import { FACTS, NINE, TEN } from "@/db/testing/decide-stage";
import type { SayItem } from "../decide/items";
import type { Language } from "../schema";
import { FRESH, type DialogState } from "../state";
import { choicesOf } from "./choices";
import { renderReply } from "./say";

const LANGUAGES = ["en", "es", "ar"] as const;
const offers = { is: "offers", offers: [NINE, TEN], withProvider: true } as const;

function offered(
  language: Language,
  question: NonNullable<DialogState["asked"]>,
  key: string,
  values: SayItem["values"],
  variant = 0,
) {
  const { text } = renderReply([{ key, values, variant }], FACTS, language);
  return choicesOf(text, { ...FRESH, asked: question, offers: [NINE, TEN] }, FACTS, language);
}

test.each([
  ["en", ["Tue Mar 3 9:00 AM", "Tue Mar 3 10:00 AM"]],
  ["es", ["mar 3 mar 9:00", "mar 3 mar 10:00"]],
  ["ar", ["3 مارس 9:00 ص", "3 مارس 10:00 ص"]],
] as const)("times are offered as short ones, each with its digit, in %s", (language, titles) => {
  const asked = { question: "offers", expecting: "choice", options: [NINE.startsAt, TEN.startsAt] } as const;
  const made = offered(language, { ...asked, options: [...asked.options] }, "offerFits", { offers });
  expect(made?.choices?.map(({ title }) => title)).toEqual(titles);
  expect(made?.choices?.map(({ id }) => id)).toEqual(["choose:1", "choose:2"]);
  expect(made?.choices?.every(({ title }) => title.length <= 20)).toBe(true);
  expect(made?.choicesLabel?.length).toBeLessThanOrEqual(20);
});

const values = {
  service: { is: "service", id: "clean" },
  moment: { is: "moment", at: NINE.startsAt },
  provider: { is: "provider", id: "ada" },
  from: { is: "moment", at: TEN.startsAt },
  person: { is: "person", name: "Ana" },
} as const;

test.each(
  LANGUAGES.flatMap((language) =>
    ["confirmBooking", "confirmMove", "shallIBook"].map((key) => [key, language] as const),
  ),
)("%s has both its answers in every wording, in %s", (key, language) => {
  for (const variant of [0, 1, 2]) {
    const asked = { question: "confirmBooking", expecting: "confirm", options: ["yes", "no"] } as const;
    const made = offered(language, { ...asked, options: [...asked.options] }, key, values, variant);
    expect(made?.choices?.map(({ id }) => id)).toEqual(["choose:1", "choose:2"]);
    expect(made?.choices?.every(({ title }) => title.length <= 20)).toBe(true);
  }
});

test("what the short title leaves out is told below it", () => {
  const other = { ...TEN, startsAt: "2026-03-04T15:00:00.000Z" };
  const asked = { question: "offers" as const, expecting: "choice" as const, options: ["a", "b"] };
  const { text } = renderReply(
    [{ key: "offerFits", values: { offers: { ...offers, offers: [NINE, other] } }, variant: 0 }],
    FACTS,
    "en",
  );
  const made = choicesOf(text, { ...FRESH, asked, offers: [NINE, other] }, FACTS, "en");
  expect(made?.choices?.[0]).toEqual({
    ...{ id: "choose:1", title: "Tue Mar 3 9:00 AM", description: "Tuesday, March 3, 9:00 AM, Dr. Ada Moreno" },
  });
});

test("a text whose numbers are not the question's options offers nothing", () => {
  const asked: NonNullable<DialogState["asked"]> = {
    question: "offers",
    expecting: "choice",
    options: ["a", "b", "c"],
  };
  expect(offered("en", asked, "offerFits", { offers })).toBeUndefined();
  expect(choicesOf("1) One\n2) Two", FRESH, FACTS, "en")).toBeUndefined();
});
