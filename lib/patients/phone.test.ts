import { expect, test } from "vitest";
import { countryOf, displayPhone, maskPhone, toE164 } from "./phone";

test.each([
  ["(202) 555-0123", "US", "+12025550123"],
  ["+966 50 000 0001", "US", "+966500000001"],
  ["050 000 0001", "SA", "+966500000001"],
  ["+15550100000", "SA", "+15550100000"],
  ["+5215550100009", "US", "+525550100009"],
  ["+551198765432", "US", "+5511998765432"],
  ["+551133334444", "US", "+551133334444"],
])("%s in %s is %s", (text, country, phone) => expect(toE164(text, country)).toBe(phone));

test.each(["", "hello", "12", "+", "1".repeat(100_000)])("what is no phone is undefined", (text) =>
  expect(toE164(text, "US")).toBeUndefined(),
);

test("people read national numbers at home and international ones from abroad", () => {
  expect(displayPhone("+12025550123", "US")).toBe("(202) 555-0123");
  expect(displayPhone("+12025550123", "SA")).toBe("+1 202 555 0123");
  expect(displayPhone("INFO", "US")).toBe("INFO");
});

test("a masked number keeps its country and two digits", () => {
  expect(maskPhone("+966500000042")).toBe("+966 ••• 42");
  expect(countryOf("+966500000042")).toBe("SA");
});
