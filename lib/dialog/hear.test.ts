import { expect, test } from "vitest";
import { hear, type HearContext } from "./hear";

const CONTEXT: HearContext = {
  timeZone: "America/New_York",
  services: [{ id: "clean", names: ["Cleaning"] }],
  providers: [],
  channel: "sms",
  locale: "en",
};
const at = new Date("2026-03-02T12:00:00Z");
const heard = (texts: string[], context: Partial<HearContext> = {}) =>
  hear(
    texts.map((text) => ({ text, occurredAt: at })),
    { ...CONTEXT, ...context },
  );

test("what is said in several messages is understood together", () => {
  const { intents, slots } = heard(["I need a cleaning", "tomorrow", "at 10"]);
  expect(intents[0]?.intent).toBe("book");
  expect(slots).toMatchObject({ service: { ids: ["clean"] }, time: { days: [{ from: "2026-03-03" }], at: "10:00" } });
});

test("a carrier's word alone in one of them is found, and so is an emergency", () => {
  expect(heard(["ok", "STOP"]).optOut).toBe("opt_out");
  expect(heard(["STOP", "thanks"]).optOut).toBe("opt_out");
  expect(heard(["STOP", "START"]).optOut).toBe("opt_in");
  expect(heard(["hello", "my tooth got knocked out, bleeding won't stop", "please"]).emergency).toBe(true);
});

test.each([
  ["20", 20],
  ["about 15", 15],
  ["١٥ دقيقة", 15],
  ["like 10 minutes", 10],
])("asked how late, %s is minutes", (text, minutes) => {
  expect(heard([text], { isDelayAsked: true }).slots.delayMinutes).toBe(minutes);
});

test("nothing at all is understood as nothing", () => {
  expect(heard([""])).toMatchObject({ intents: [], confidence: 0 });
  expect(hear([], CONTEXT)).toMatchObject({ intents: [] });
});
