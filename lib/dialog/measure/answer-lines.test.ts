import { expect, test } from "vitest";
import { answerLines, parseLine } from "./answer-lines";

const at = { reference_time: "2026-03-04T09:00:00-06:00", timezone: "America/Chicago" };

test("every line is answered, in order and by its id, whatever it holds", () => {
  const answers = answerLines([
    { id: "a", text: "hello", ...at },
    { id: "b" },
    parseLine("{not json"),
    { id: 4, text: "", ...at },
  ]);
  expect(answers.map(({ id }) => id)).toEqual(["a", "b", 2, 4]);
  expect(answers[1]).toMatchObject({ labels: ["out_of_scope"], confidence: 0, opt: "none" });
});

test("a clock time with its half of the day is one instant in the clinic's zone", () => {
  const [answer] = answerLines([{ id: 1, text: "could you do 3 pm tomorrow?", ...at }]);
  expect(answer?.datetime).toMatchObject({ type: "instant", from: "2026-03-05T15:00" });
  expect(answer?.slots).toMatchObject({ date: "2026-03-05", time: "15:00" });
});

test("an hour that the words leave open comes with both readings", () => {
  const [answer] = answerLines([{ id: 1, text: "tomorrow at 9", ...at }]);
  expect(answer?.datetime.readings?.map(({ from }) => from)).toEqual(["2026-03-05T09:00", "2026-03-05T21:00"]);
});

test("a span of hours ends as it was named", () => {
  const [answer] = answerLines([{ id: 1, text: "tomorrow between 2 pm and 4 pm", ...at }]);
  expect(answer?.datetime).toMatchObject({ type: "interval", from: "2026-03-05T14:00", to: "2026-03-05T16:00" });
});

test("a talk keeps its errand until another one is wanted, and a line alone has none", () => {
  const said = (text: string, conversation?: string) => ({ id: text, text, conversation, ...at });
  const answers = answerLines([said("I want to book an appointment", "x"), said("thanks", "x"), said("thanks")]);
  expect(answers.map(({ task }) => task)).toEqual(["book", "book", "none"]);
});

test("the carriers' stop words bind on SMS alone", () => {
  const [sms, whatsapp] = answerLines([
    { id: 1, text: "END", channel: "sms", ...at },
    { id: 2, text: "END", ...at },
  ]);
  expect([sms?.opt, whatsapp?.opt]).toEqual(["opt_out", "none"]);
});

const talk = (text: string, last_system: string, conversation = "t") => ({
  id: text,
  text,
  last_system,
  conversation,
  ...at,
});

test("a yes picks what a search offers, and agrees to what is to be confirmed", () => {
  const answers = answerLines([
    talk("I need to find myself a dentist", ""),
    talk("sounds good", "I found Bright Smiles in Rivertown."),
    talk("yes please", "Shall I book an appointment there?"),
    talk("yes", "Please confirm: Friday at 3 pm."),
  ]);
  expect(answers.map(({ label }) => label)).toEqual(["check_availability", "select_option", "affirm", "affirm"]);
  expect(answers.map(({ task }) => task)).toEqual(["find_provider", "find_provider", "book", "book"]);
});

test("a fact that was asked for is an answer, however it is worded", () => {
  const [answer] = answerLines([talk("Book it for 4 pm", "What time would you like?")]);
  expect(answer?.labels).toEqual(["provide_info"]);
});

test("for now is no date, and now alone is this minute", () => {
  const [farewell, now] = answerLines([
    { id: 1, text: "that will do for now", ...at },
    { id: 2, text: "can I come right now", ...at },
  ]);
  expect(farewell?.datetime.type).toBe("none");
  expect(now?.datetime).toMatchObject({ type: "instant", from: "2026-03-04T09:00" });
});
