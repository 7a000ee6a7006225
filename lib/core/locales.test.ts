import { expect, test } from "vitest";
import { chooseLocale, directionOf, formattingTag, localeOf } from "./locales";

test("the cookie wins over the browser, and a language that we don't speak is passed over", () => {
  expect(chooseLocale("ar", "es")).toBe("ar");
  expect(chooseLocale("xx", "es-MX,es;q=0.9")).toBe("es");
  expect(chooseLocale(undefined, "de-DE,de;q=0.9,ar;q=0.8,en;q=0.7")).toBe("ar");
  expect(chooseLocale(undefined, "es;q=0, en;q=0.1")).toBe("en");
  expect(chooseLocale(undefined, "de")).toBe("en");
  expect(chooseLocale(undefined, null)).toBe("en");
});

test("Arabic pins its calendar and digits, and reads from right to left", () => {
  expect(formattingTag("ar", "arab")).toBe("ar-u-ca-gregory-nu-arab");
  expect(localeOf(formattingTag("ar"))).toBe("ar");
  expect(directionOf(formattingTag("ar"))).toBe("rtl");
  expect(formattingTag("es")).toBe("es");
});
