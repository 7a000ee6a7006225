import { expect, test } from "vitest";
import { fillCanned, matchCanned, replaceShortcut, shortcutAt } from "./canned-text";

const VALUES = { patient: "Ana", clinic: "Harbor Dental", me: "Sam" };
const HOURS = { shortcut: "hours", locale: "en", text: "Open 9 to 5" };
const HORAS = { shortcut: "hours", locale: "es", text: "Abierto de 9 a 5" };
const PARKING = { shortcut: "parking", locale: "en", text: "At all hours, behind the clinic" };

test("names stand where a saved answer says, and a stranger leaves no gap before a comma", () => {
  expect(fillCanned("Hello {patient}, {clinic} here. {other}", VALUES)).toBe("Hello Ana, Harbor Dental here. {other}");
  expect(fillCanned("Hello {patient}, welcome", { ...VALUES, patient: "" })).toBe("Hello, welcome");
});

test("a slash opens the list at the start of a word alone, in any script", () => {
  expect(["/ho", "Hi /", "http://x", "1/2", "/مو", "/ho "].map(shortcutAt)).toEqual([
    "ho",
    "",
    undefined,
    undefined,
    "مو",
    undefined,
  ]);
  expect(replaceShortcut("Hi /ho", "Open 9 to 5")).toBe("Hi Open 9 to 5");
});

test("the patient's language is chosen, then the reader's; names that begin so stand first", () => {
  const all = [HOURS, HORAS, PARKING];
  expect(matchCanned(all, "ho", ["es", "en"])).toEqual([HORAS, PARKING]);
  expect(matchCanned(all, "ho", ["ar", "en"])).toEqual([HOURS, PARKING]);
  expect(matchCanned(all, "", ["fr"]).map(({ shortcut }) => shortcut)).toEqual(["hours", "parking"]);
});
