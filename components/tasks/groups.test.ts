import { expect, test } from "vitest";
import { groupOf } from "./groups";

test("headings go by the clinic's calendar, not by the reader's, and an emergency stands first", () => {
  const now = new Date("2026-03-03T03:00:00Z"); // still the 2nd in New York
  const of = (due_at: string, reason: "other" | "emergency" = "other") =>
    groupOf({ due_at, reason }, now, "America/New_York");
  expect(of("2026-03-02T04:59:00Z")).toBe("overdue");
  expect(of("2026-03-03T04:59:00Z")).toBe("today");
  expect(of("2026-03-03T05:00:00Z")).toBe("tomorrow");
  expect(of("2026-03-04T05:00:00Z")).toBe("later");
  expect(of("2026-03-09T05:00:00Z", "emergency")).toBe("urgent");
});
