import { expect, test } from "vitest";
import { COLLECT_MS, retryDelaySeconds, SEND_ATTEMPTS, waitFor } from "./rules";

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

test("retries wait from 5 seconds to 15 minutes, and as long as the vendor asks", () => {
  expect(retryDelaySeconds(1, 0)).toBe(5);
  expect(retryDelaySeconds(3, 0.5)).toBe(25);
  expect(retryDelaySeconds(SEND_ATTEMPTS, 0.9)).toBe(900);
  expect(retryDelaySeconds(1, 0, 120)).toBe(120);
  expect(retryDelaySeconds(20, 0, 3600)).toBe(3600);
});
