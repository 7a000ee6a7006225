import fc from "fast-check";
import { expect, test } from "vitest";
import type { OutboundMessage } from "@/lib/messaging/channels/channel";
import { problemOf } from "@/stubs/whatsapp/rules";
import { composeMessage, cut } from "./compose";

const BASE: OutboundMessage = {
  ...{ outboxId: "outbox-1", from: "1001", to: "+12025550101", text: "Which one?", credentials: { account: null } },
};
const choices = (count: number, title = "Tuesday at 16:00") =>
  Array.from({ length: count }, (_, at) => ({ id: `choose:${at + 1}`, title }));
const shapeOf = (count: number, more: Partial<OutboundMessage> = {}) => {
  const composed = composeMessage({ ...BASE, choices: choices(count), ...more });
  expect(problemOf(composed)).toBeUndefined();
  return composed.type === "interactive" ? composed.interactive : composed.type;
};

test("up to three choices are buttons, up to ten a list, more are digits in the text", () => {
  expect(shapeOf(0)).toBe("text");
  expect(shapeOf(3)).toMatchObject({ type: "button" });
  expect(shapeOf(4)).toMatchObject({ type: "list", action: { button: "☰" } });
  expect(shapeOf(10, { choicesLabel: "Show the times" })).toMatchObject({ action: { button: "Show the times" } });
  expect(shapeOf(11)).toBe("text");
});

test("a text that is too long for buttons comes with a list", () => {
  expect(shapeOf(2, { text: "x".repeat(1025) })).toMatchObject({ type: "list" });
});

test("a person without a number is addressed by their id", () => {
  expect(composeMessage({ ...BASE, to: "ES.42" })).toMatchObject({
    recipient: "ES.42",
    biz_opaque_callback_data: "outbox-1",
  });
  expect(composeMessage(BASE)).toMatchObject({ to: "12025550101" });
});

test("a template goes with its values in order, each in one line", () => {
  const template = {
    name: "reminder",
    locale: "es-MX",
    values: ["Ana", "mañana\na las 4"],
    body: "",
    category: "utility",
  } as const;
  const composed = composeMessage({
    ...BASE,
    template: { ...template, values: [...template.values], vendorRef: null, ttlSeconds: 60 },
  });
  expect(problemOf(composed)).toBeUndefined();
  expect(composed.template).toEqual({
    ...{ name: "reminder", language: { code: "es_MX" } },
    components: [
      {
        type: "body",
        parameters: [
          { type: "text", text: "Ana" },
          { type: "text", text: "mañana a las 4" },
        ],
      },
    ],
  });
});

test("whatever the titles are, the platform takes them", () => {
  const title = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).filter((text) => text.trim() !== "");
  fc.assert(
    fc.property(fc.array(title, { minLength: 1, maxLength: 10 }), (titles) => {
      const given = titles.map((one, at) => ({ id: `choose:${at + 1}`, title: one }));
      expect(problemOf(composeMessage({ ...BASE, choices: given }))).toBeUndefined();
    }),
  );
});

test.each([
  ["مساءً الثلاثاء الساعة الرابعة", 20],
  ["👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 20],
  ["résumé ".repeat(9), 24],
])("%s is cut between what a reader sees as letters", (text, longest) => {
  const short = cut(text, longest);
  expect(short.length).toBeLessThanOrEqual(longest);
  const whole = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  for (const { segment } of new Intl.Segmenter().segment(short.slice(0, -1))) expect(whole).toContain(segment);
});
