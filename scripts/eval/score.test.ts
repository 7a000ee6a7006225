import { expect, test } from "vitest";
import { answerOptOut, scoreOptOut } from "./score-opt-out";
import { answerIntents, scoreIntents } from "./score-intents";
import { answerSgd, scoreSgd } from "./score-sgd";

const valueOf = (measures: readonly { name: string; value: number | null }[], name: string) =>
  measures.find((one) => one.name === name)?.value;

test("disputed words aren't scored, and a stop that was missed costs recall", () => {
  const row = { lang: "en", kind: "phrase", disputed: false };
  const judged = answerOptOut([
    { ...row, id: "1", text: "unsubscribe", label: "opt_out" },
    { ...row, id: "2", text: "the bakery opens at six", label: "opt_out" },
    { ...row, id: "3", text: "see you on friday", label: "opt_out", disputed: true },
  ]);
  expect(valueOf(scoreOptOut(judged).measures, "opt-out recall")).toBe(0.5);
});

test("only core rows with a label count, and any accepted answer is right", () => {
  const row = { lang: "en", tier: "core", text: "thanks a lot" };
  const judged = answerIntents([
    { ...row, id: "1", label: "goodbye", accept: ["thanks"] },
    { ...row, id: "2", label: null },
    { ...row, id: "3", label: "book", tier: "near_domain" },
  ]);
  expect(scoreIntents("own", judged).measures[0]).toMatchObject({ value: 1, rows: 1 });
});

test("a slot is right by its words or by its value", () => {
  const judged = answerSgd([
    {
      id: "1",
      dialogue_id: "d",
      service: "s",
      history: [],
      utterance: "Book me in with a dentist in Rivertown at 4 pm",
      active_intent: "BookAppointment",
      acts: ["INFORM", "INFORM_INTENT"],
      requested_slots: [],
      slots_in_turn: [
        { slot: "appointment_time", value: ["4 pm"], canonical: ["16:00"] },
        { slot: "city", value: ["Rivertown"], canonical: ["Rivertown"] },
      ],
    },
  ]);
  const { measures } = scoreSgd(judged);
  expect([valueOf(measures, "slots recall"), valueOf(measures, "active intent")]).toEqual([1, 1]);
});
