import { expect, test } from "vitest";
import type { Expectation, UnderstandInput } from "@/lib/dialog/schema";
import { understand } from "./understand";

/** What people say about the talk itself, and about things that are nobody's business here. */

const say = (text: string, more: Partial<UnderstandInput> = {}) =>
  understand({
    text,
    referenceTime: new Date("2026-03-04T15:00:00Z"),
    timeZone: "America/Chicago",
    services: [],
    providers: [],
    channel: "whatsapp",
    ...more,
  });
const head = (text: string, expecting?: Expectation) =>
  say(text, expecting && { expecting, offerCount: 3 }).intents[0]?.intent;

test.each([
  ["Cancel my dinner table for tonight please"],
  ["will it be raining on Thursday?"],
  ["pon una alarma para mañana a las 6"],
  ["quiero ver una película esta noche"],
  ["شغل لي أغنية هادئة"],
  ["رصيد حسابي البنكي ناقص"],
])("an errand about another trade's things is refused: %s", (text) => {
  expect(head(text)).toBe("out_of_scope");
});

test.each([
  ["can I pay my cleaning with my bank card?"],
  ["cancel my appointment, I have to take a flight"],
  ["هل تقبلون بطاقة الفيزا؟"],
  ["tengo cita el martes pero va a llover, ¿la puedo mover?"],
])("a thing of ours beside another's keeps the errand: %s", (text) => {
  expect(say(text).intents.map(({ intent }) => intent)).not.toContain("out_of_scope");
});

test("asked for a time, a plan named beside it is no other errand", () => {
  expect(head("after the movie, so 6 pm", "time")).toBe("provide");
});

test.each([
  ["who built this assistant and what's your name", "ask_if_bot"],
  ["please answer me in Italian", "change_language"],
  ["sorry what?", "repeat"],
  ["still here?", "repeat"],
  ["أبي أكلم موظف", "talk_to_human"],
  ["¿y la mía cuándo es?", "list_appointments"],
  ["عندكم وقت متأخر أكثر؟", "ask_availability"],
])("said of the talk: %s", (text, intent) => {
  expect(head(text)).toBe(intent);
});

test("others are asked for in any words", () => {
  expect(head("show me others", "choice")).toBe("show_more");
  expect(head("could there be someone else?", "choice")).toBe("show_more");
});

test.each([
  ["remove me"],
  ["arrêtez de m'écrire s'il vous plaît"],
  ["arret"],
  ["baja, gracias"],
  ["ما تبعتوليش حاجة تاني"],
  ["اوقفوا الإعلانات"],
])("a stop in any of the languages that are written here is one: %s", (text) => {
  expect(say(text, { channel: "sms" }).optOut).toBe("opt_out");
});
