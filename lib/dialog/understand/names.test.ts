import { expect, test } from "vitest";
import { understand } from "./understand";

const slotsOf = (text: string, locale = "en") =>
  understand({
    text,
    locale,
    referenceTime: new Date("2026-03-02T12:00:00Z"),
    timeZone: "America/New_York",
    channel: "whatsapp",
    services: [],
    providers: [],
  }).slots;

test.each([
  ["can you also book my daughter Ruth on Friday", "en", "Ruth"],
  ["for my husband, Omar Haddad, please", "en", "Omar Haddad"],
  ["una cita para mi hija Lucía mañana", "es", "Lucía"],
])("whom a visit is for is named beside the relation: %s", (text, locale, name) => {
  expect(slotsOf(text, locale).personName).toBe(name);
});

test.each([
  "my wife Friday at 3",
  "my son Dr. Weber saw needs a cleaning",
  "MY SON NEEDS A CLEANING",
  "for my mum. Thanks",
])("what stands beside a relation and is no name is none: %s", (text) => {
  expect(slotsOf(text).personName).toBeUndefined();
  expect(slotsOf(text).forRelation).toBeDefined();
});
