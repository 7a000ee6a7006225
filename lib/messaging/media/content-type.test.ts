import { expect, test } from "vitest";
import { contentTypeOf } from "./content-type";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

test("the first bytes decide, whatever the sender says", async () => {
  expect(await contentTypeOf(PNG, "application/pdf")).toBe("image/png");
  expect(await contentTypeOf(Buffer.from("%PDF-1.7\n%…\n"), "image/png")).toBe("application/pdf");
});

test.each([
  ["a script that claims to be a picture", "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "image/svg+xml"],
  ["a page", "<!doctype html><script>x()</script>", "text/html"],
  ["a program", "MZ\u0090\0\u0003\0\0\0", "image/png"],
  ["text with a zero byte in it", "a\0b", "text/plain"],
])("%s is not kept", async (_, text, claimed) =>
  expect(await contentTypeOf(Buffer.from(text, "latin1"), claimed)).toBeUndefined(),
);

test("plain text is kept as text alone, a card too", async () => {
  expect(await contentTypeOf(Buffer.from("hello <b>"), "text/plain")).toBe("text/plain; charset=utf-8");
  expect(await contentTypeOf(Buffer.from("BEGIN:VCARD"), "text/x-vcard; charset=utf-8")).toMatch(/^text\/plain/);
});
