import { expect, test } from "vitest";
import { readCursor, signCursor } from "./cursor";

test("a cursor reads back in its own list", () => {
  expect(readCursor("messages a", signCursor("messages a", ["2026-03-02T12:00:00.000Z", "id"]))).toEqual([
    "2026-03-02T12:00:00.000Z",
    "id",
  ]);
});

test("a cursor of another list, a made-up one and an edited one are nothing", () => {
  const cursor = signCursor("messages a", ["1"]);
  expect(readCursor("messages b", cursor)).toBeUndefined();
  expect(readCursor("messages a", "e30.x")).toBeUndefined();
  expect(readCursor("messages a", "")).toBeUndefined();
  expect(
    readCursor("messages a", `${Buffer.from('["2"]').toString("base64url")}.${cursor.split(".")[1]}`),
  ).toBeUndefined();
});
