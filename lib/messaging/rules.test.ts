import { expect, test } from "vitest";
import { COLLECT_MS, waitFor } from "./rules";

test.each(["2", " 3. ", "٢", "#1", "STOP", "stop.", "Help", "parar", "توقف", "إلغاء"])(
  "%s is answered at once, whatever was asked",
  (text) => expect(waitFor(text, undefined)).toBe(0),
);

test.each(["yes", "Yes!", "no", "sí", "نعم", "لا", "👍"])("an expected %s doesn't wait", (text) => {
  expect(waitFor(text, "confirm")).toBe(0);
  expect(waitFor(text, undefined)).toBe(COLLECT_MS);
});

test.each(["", "yes but at 4", "I need a cleaning", "2 people", "cancel my visit"])("%s waits for more", (text) =>
  expect(waitFor(text, "confirm")).toBe(COLLECT_MS),
);

test("a huge message is judged in no time", () => {
  const started = performance.now();
  waitFor("!".repeat(100_000), "confirm");
  waitFor(`a${" ".repeat(100_000)}b`, "confirm");
  expect(performance.now() - started).toBeLessThan(50);
});
