import { expect, test } from "vitest";
import { segmentsOf } from "./segments";

test("a plain text has 160 letters, then 153 a message", () => {
  expect(segmentsOf("a".repeat(160))).toEqual({ units: 160, segments: 1, room: 160 });
  expect(segmentsOf("a".repeat(161))).toEqual({ units: 161, segments: 2, room: 306 });
});

test("one Arabic letter or one emoji makes it 70, then 67; a euro sign counts twice", () => {
  expect(segmentsOf("م".repeat(70))).toMatchObject({ segments: 1, room: 70 });
  expect(segmentsOf(`${"a".repeat(69)}👍`)).toMatchObject({ units: 71, segments: 2, room: 134 });
  expect(segmentsOf("€")).toMatchObject({ units: 2, room: 160 });
});
