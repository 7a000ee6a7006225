import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { isSignedByMeta } from "./verify";

const body = Buffer.from('{"text":"caf\\u00e9"}');
const header = `sha256=${createHmac("sha256", "an app's secret").update(body).digest("hex")}`;

test("the raw bytes signed with the app's secret are Meta's", () => {
  expect(isSignedByMeta("an app's secret", header, body)).toBe(true);
});

test.each([
  ["another secret", "another", header, body],
  ["no secret", "", header, body],
  ["a body that was read and written again", "an app's secret", header, Buffer.from('{"text":"café"}')],
  ["no header", "an app's secret", null, body],
  ["a header of another form", "an app's secret", "sha256=zz", body],
  ["the old header's hash", "an app's secret", `sha1=${"0".repeat(40)}`, body],
])("%s is refused", (_, secret, given, raw) => {
  expect(isSignedByMeta(secret, given, raw)).toBe(false);
});
