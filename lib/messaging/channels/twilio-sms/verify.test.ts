import { createHash } from "node:crypto";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";
import { expect, test } from "vitest";
import { eventOf, formOf } from "./parse";
import { isSignedWith } from "./verify";

const token = "a token of nobody";
const appUrl = "https://front.example.test";
const fields = { Body: "hi there", From: "+12025550101" };
const FORM = "application/x-www-form-urlencoded";

const delivery = (path: string, signature: string, raw: string, type = FORM): [Request, Buffer] => [
  new Request(`http://internal:1234${path}`, {
    method: "POST",
    headers: { "content-type": type, "x-twilio-signature": signature },
    body: raw,
  }),
  Buffer.from(raw),
];
const isValid = ([request, raw]: [Request, Buffer], signer = { token, appUrl }) =>
  isSignedWith(signer, request, raw, formOf(request.headers.get("content-type"), raw));
const encoded = new URLSearchParams(fields).toString();

test.each([
  ["as the world sees it", `${appUrl}/hook?a=1`],
  ["with the port that is written out by some", "https://front.example.test:443/hook?a=1"],
])("the address is taken %s", (_, address) => {
  expect(isValid(delivery("/hook?a=1", getExpectedTwilioSignature(token, address, fields), encoded))).toBe(true);
});

test("a JSON body is checked by the hash in its address", () => {
  const body = JSON.stringify({ event: "something" });
  const path = `/hook?bodySHA256=${createHash("sha256").update(body).digest("hex")}`;
  const signature = getExpectedTwilioSignature(token, `${appUrl}${path}`, {});
  expect(isValid(delivery(path, signature, body, "application/json"))).toBe(true);
  expect(isValid(delivery(path, signature, `${body} `, "application/json"))).toBe(false);
});

test("another address, another token and a changed field are refused", () => {
  const signature = getExpectedTwilioSignature(token, `${appUrl}/hook`, fields);
  expect(isValid(delivery("/hook", signature, encoded))).toBe(true);
  expect(isValid(delivery("/hook2", signature, encoded))).toBe(false);
  expect(isValid(delivery("/hook", signature, `${encoded}&Extra=1`))).toBe(false);
  expect(isValid(delivery("/hook", signature, encoded), { token: "other", appUrl })).toBe(false);
});

test.each(["SM1", "S2abc", "7", "SM_placeholder"])("the vendor's message id %s is kept as it is", (sid) => {
  const [request, raw] = delivery("/hook", "", `MessageSid=${sid}&Body=hello`);
  expect(eventOf(request, formOf(FORM, raw), raw).vendorId).toBe(sid);
});

test.each(["", "a b", "x".repeat(65), "\u0000"])("what can't be an id gives way to the body's hash", (sid) => {
  const [request, raw] = delivery("/hook", "", new URLSearchParams({ MessageSid: sid, Body: "hello" }).toString());
  expect(eventOf(request, formOf(FORM, raw), raw).vendorId).toMatch(/^\?/);
});

test("a form of very many fields is read in passing and is nobody's", () => {
  const raw = Array.from({ length: 45_000 }, (_, index) => `f${index}=1`).join("&");
  const since = performance.now();
  expect(isValid(delivery("/hook", "forged", raw))).toBe(false);
  expect(performance.now() - since).toBeLessThan(500);
});

test("a field that comes twice is signed with both of its values", () => {
  const twice = { ...fields, Tag: ["b", "a"] };
  const raw = `${encoded}&Tag=b&Tag=a`;
  expect(isValid(delivery("/hook", getExpectedTwilioSignature(token, `${appUrl}/hook`, twice), raw))).toBe(true);
});
