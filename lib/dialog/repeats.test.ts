import { expect, test } from "vitest";
import { repeatsOf } from "./repeats";

const OURS = [
  "When would you like to come in? A day and a time help.",
  "What can I do for you? Just tell me in your words.",
];

test("the same words in a row are counted, short ones and other ones are not", () => {
  expect(repeatsOf(["we are closed now", "we are closed now", "we are closed now", "hello"], [])).toBe(2);
  expect(repeatsOf(["ok", "ok", "ok"], [])).toBe(0);
  expect(repeatsOf(["at 4 then please", "at 3 then please"], [])).toBe(0);
  expect(repeatsOf([], [])).toBe(0);
});

test("a long text with another number in it is the same text", () => {
  const machine = (n: number) => `Thank you for your message, you are number ${n} in our line.`;
  expect(repeatsOf([machine(103), machine(22), machine(1), "hello"], [])).toBe(2);
});

test("our own words handed back are one text, whichever they are", () => {
  const quotes = OURS.map((text) => `You wrote: ${text.slice(0, 40)}`);
  expect(repeatsOf([...quotes, "hello"], OURS)).toBe(1);
  expect(repeatsOf([quotes[0] ?? "", "a day next week would be good"], OURS)).toBe(0);
  expect(repeatsOf(["another thing altogether", ...quotes], OURS)).toBe(0);
});
