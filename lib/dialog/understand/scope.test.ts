import { expect, test } from "vitest";
import { understand } from "./understand";

const headOf = (text: string) =>
  understand({
    text,
    referenceTime: new Date("2026-03-02T12:00:00Z"),
    timeZone: "America/New_York",
    channel: "sms",
    services: [],
    providers: [],
  }).intents[0]?.intent;

test.each([
  "الدفع نقدا ولا بطاقة؟",
  "هل يمكن الدفع بالفيزا",
  "هل عندكم دفع على دفعات",
  "¿puedo pagar con tarjeta de crédito?",
  "can I pay by card or only cash?",
  "my flight got cancelled, can I move it to Friday",
])("a patient's own matter is not refused for a word of another trade: %s", (text) => {
  expect(headOf(text)).toBeDefined();
  expect(headOf(text)).not.toBe("out_of_scope");
});

test.each(["what's the weather in Boston tomorrow", "ما هو رصيدي في البنك", "pon una alarma a las siete"])(
  "another trade's errand is refused: %s",
  (text) => {
    expect(headOf(text)).toBe("out_of_scope");
  },
);
