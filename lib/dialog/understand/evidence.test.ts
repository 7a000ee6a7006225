import { expect, test } from "vitest";
import { understand } from "./understand";

const intentsOf = (text: string, locale = "en") =>
  understand({
    text,
    locale,
    referenceTime: new Date("2026-03-02T12:00:00Z"),
    timeZone: "America/New_York",
    channel: "whatsapp",
    services: [{ id: "scaling", names: ["Airflow scaling", "raspado"] }],
    providers: [{ id: "ada", name: "Dr. Ada Moreno" }],
  }).intents.map(({ intent }) => intent);
const ERRANDS = ["book", "ask_availability"];
const startsErrand = (text: string, locale?: string) =>
  intentsOf(text, locale).some((intent) => ERRANDS.includes(intent));

test.each([
  ["how crowded does the beach get on Saturday", "en"],
  ["who won the derby this weekend", "en"],
  ["what did the mayor announce today", "en"],
  ["reserve a canoe and two paddles at Lake Orrin on Sunday", "en"],
  ["schedule the delivery of the sofa for Tuesday", "en"],
  ["book the Blue Lagoon cottage for June 3", "en"],
  ["I want to send a postcard collage to grandma Tuesday", "en"],
  ["¿qué precio alcanzó el petróleo ayer y hoy?", "es"],
  ["كيف كانت نتيجة مباراة الزمالك اليوم", "ar"],
])("a time said of another thing, and another thing booked, start no errand: %s", (text, locale) => {
  expect(startsErrand(text, locale)).toBe(false);
});

test.each([
  ["Is Friday doable?", "en"],
  ["Friday before my shift", "en"],
  ["can my daughter come in Monday after gymnastics", "en"],
  ["could you see me thursday, I chipped something on a walnut", "en"],
  ["I need to bring my boy in Monday, he fell off his bike at recess", "en"],
  ["book John Smith friday 3pm", "en"],
  ["book an airflow scaling for Friday", "en"],
  ["anyting availble wednesday", "en"],
  ["is Moreno around tomorrow at 3?", "en"],
  ["hay chance mañana?", "es"],
  ["el martes después de mi turno", "es"],
  ["tendrán algo el viernes después de las 4", "es"],
  ["فيه مجال بكرة العصر؟", "ar"],
  ["بقدر امر عليكم الاحد", "ar"],
  ["ينفع بكرة؟", "ar"],
])("a patient's own words around a time leave it a wish for a visit: %s", (text, locale) => {
  expect(startsErrand(text, locale)).toBe(true);
});

test("a word for doing again is no wish to hear it again", () => {
  expect(intentsOf("reenviar la factura a mi hermano", "es")).not.toContain("repeat");
  expect(intentsOf("reenvíame la dirección", "es")).toContain("repeat");
  expect(intentsOf("اعادة شحن الجوال", "ar")).not.toContain("repeat");
  expect(intentsOf("ممكن تعيد من فضلك", "ar")).toContain("repeat");
});

test("the article stands for one of what was offered", () => {
  expect(intentsOf("la del 14", "es")).toContain("choose");
  expect(intentsOf("a ver la 2", "es")).toContain("choose");
  expect(intentsOf("I'd take the second one please")).toContain("choose");
});

test.each([
  "I need a real person",
  "contact your support",
  "back to the previous step",
  "no way to tell, I have no opinion",
  "goodnight",
])("how people speak of the talk itself is understood: %s", (text) => {
  expect(intentsOf(text)[0]).toMatch(/talk_to_human|go_back|unsure|bye/);
});
