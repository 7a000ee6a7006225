import { expect, test } from "vitest";
import { matchKnowledge, type KnowledgeEntry } from "./match-knowledge";

const entry = (id: string, category: string, question: string, answer: string): KnowledgeEntry => ({
  id,
  category,
  question,
  answer,
});
const ENTRIES = [
  entry("parking", "parking", "Where can I park?", "There is free parking behind the building."),
  entry("cleaning", "price", "How much does a cleaning cost?", "A cleaning is $120."),
  entry("insurance", "insurance", "Which insurance do you accept?", "We work with Delta, Cigna and Aetna."),
  entry("kids", "visit", "Do you see children?", "Yes, from the first tooth on."),
];
const SPANISH = [
  entry("parking", "parking", "¿Hay estacionamiento?", "Sí, detrás del edificio."),
  entry("pay", "payment", "¿Qué formas de pago aceptan?", "Efectivo y tarjetas."),
];
const ARABIC = [
  entry("parking", "parking", "هل يوجد موقف سيارات؟", "نعم، خلف المبنى مجانًا."),
  entry("pay", "payment", "ما طرق الدفع؟", "نقدًا أو بالبطاقة."),
];

test.each([
  ["is there parking near you?", ["parking"], ENTRIES, "parking"],
  ["what's the price of a cleaning", ["price"], ENTRIES, "cleaning"],
  ["do you take Delta insurance", ["insurance"], ENTRIES, "insurance"],
  ["can you see my children too", [], ENTRIES, "kids"],
  ["¿tienen estacionamiento?", ["parking"], SPANISH, "parking"],
  ["¿qué formas de pago aceptan?", [], SPANISH, "pay"],
  ["عندكم مواقف سيارات؟", ["parking"], ARABIC, "parking"],
  ["كيف الدفع", [], ARABIC, "pay"],
] as const)("%s is answered by its entry", (question, topics, entries, id) => {
  expect(matchKnowledge(question, topics, entries)?.id).toBe(id);
});

test.each([
  ["how much is whitening", ["price"]],
  ["do you have a swimming pool", []],
  ["who won the game", []],
  ["", []],
] as const)("%s is answered by nothing: a wrong answer is worse than none", (question, topics) => {
  expect(matchKnowledge(question, topics, ENTRIES)).toBeUndefined();
});

test("a flood of text is matched in a moment", () => {
  const started = performance.now();
  matchKnowledge("parking cleaning whitening ".repeat(4000), ["parking"], ENTRIES);
  expect(performance.now() - started).toBeLessThan(500);
});
