import { expect, test } from "vitest";
import { ownPath } from "./origin";

test.each([
  ["/c/demo/inbox?x=1#y", "/c/demo/inbox?x=1#y"],
  ["//evil.example", undefined],
  ["/\\evil.example", undefined],
  ["/a\\b", undefined],
  ["https://evil.example", undefined],
  ["javascript:alert(1)", undefined],
  ["/\t/evil.example", undefined],
  ["", undefined],
  [null, undefined],
])("after a log-in, %j leads to %j", (next, expected) => {
  expect(ownPath(next)).toBe(expected);
});
