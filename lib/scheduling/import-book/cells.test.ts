import { expect, test } from "vitest";
import { minutesOf, statusOf, timeOf, whenOf } from "./cells";

test.each([
  ["09:00", "09:00"],
  ["9:05", "09:05"],
  ["9:00:00", "09:00"],
  ["09.30", "09:30"],
  ["2pm", "14:00"],
  ["12:15 AM", "00:15"],
  ["12:15 p. m.", "12:15"],
  ["14h30", "14:30"],
  ["٩:٠٠ ص", "09:00"],
  ["٢:٣٠ م", "14:30"],
  ["9", undefined],
  ["25:00", undefined],
  ["13:00 PM", undefined],
  ["09:00:30", undefined],
  ["soon", undefined],
])("the time %s is %s", (cell, time) => expect(timeOf(cell)).toBe(time));

test("a date may bring its time, and an instant is one", () => {
  expect(whenOf("03/04/2026 9:00 AM", "mdy")).toEqual({ day: "2026-03-04", time: "09:00" });
  expect(whenOf("2026-03-04T09:30", "dmy")).toEqual({ day: "2026-03-04", time: "09:30" });
  expect(whenOf("٠٤/٠٣/٢٠٢٦", "dmy")).toEqual({ day: "2026-03-04", time: undefined });
  expect(whenOf("2026-03-04T09:30:00Z", "dmy")?.instant).toEqual(new Date("2026-03-04T09:30:00Z"));
  expect(whenOf("2026-03-04 at nine", "dmy")).toBeUndefined();
  expect(whenOf("31/02/2026", "dmy")).toBeUndefined();
});

test.each([
  ["30", 30],
  ["45 min", 45],
  ["1:30", 90],
  ["1h 15", 75],
  ["2 h", 120],
  ["30 دقيقة", 30],
  ["long", undefined],
])("the length %s is %s minutes", (cell, minutes) => expect(minutesOf(cell)).toBe(minutes));

test("statuses are known by the words of three languages", () => {
  expect(statusOf("Confirmed")).toEqual({ status: "scheduled", confirmation: "confirmed" });
  expect(statusOf("No-Show")?.status).toBe("no_show");
  expect(statusOf("No asistió")?.status).toBe("no_show");
  expect(statusOf("ملغاة")?.status).toBe("cancelled");
  expect(statusOf("Atendido")?.status).toBe("completed");
  expect(statusOf("maybe")).toBeUndefined();
});
