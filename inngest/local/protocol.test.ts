import { expect, test } from "vitest";
import { outcomeOf } from "./app-client";
import { parseDue, parseRetryAfter, retryDelayMs } from "./duration";
import { readEvents } from "./ingest";
import { storableJson } from "./protocol";
import { nextTick } from "./schedule";
import { canonicalJson, signBody } from "./signature";

test("durations and instants are read as the SDK writes them", () => {
  expect(parseDue("1h30m")).toEqual({ inMs: 5_400_000 });
  expect(parseDue("1w2d3s")).toEqual({ inMs: 604_800_000 + 2 * 86_400_000 + 3000 });
  expect(parseDue("2026-03-01T10:00:00.000Z")).toEqual({ at: new Date("2026-03-01T10:00:00Z") });
  for (const odd of ["", "soon", "10", "5x", "1h 5m"]) expect(parseDue(odd)).toBeUndefined();
});

test("Retry-After is read as seconds or as a date", () => {
  expect(parseRetryAfter("120")).toEqual({ inMs: 120_000 });
  expect(parseRetryAfter("Wed, 21 Oct 2026 07:28:00 GMT")).toEqual({ at: new Date("2026-10-21T07:28:00Z") });
  expect(parseRetryAfter("tomorrow")).toBeUndefined();
});

test("retry pauses grow and stay within ten minutes", () => {
  const pauses = Array.from({ length: 12 }, (_, attempt) => retryDelayMs(attempt));
  expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  expect(pauses.at(-1)).toBe(600_000);
});

test("canonical JSON sorts members, drops undefined and changes nothing else", () => {
  expect(canonicalJson({ b: [1, undefined, { z: null, a: "é\n" }], a: undefined, A: 1.5e21 })).toBe(
    '{"A":1.5e+21,"b":[1,null,{"a":"é\\n","z":null}]}',
  );
});

test("the signature covers body and time, with the key's prefix left out", () => {
  const at = new Date("2026-03-01T00:00:00Z");
  const signature = signBody("{}", "signkey-prod-abc", at);
  expect(signature).toMatch(/^t=1772323200&s=[0-9a-f]{64}$/);
  expect(signBody("{}", "abc", at)).toBe(signature);
  expect(signBody("{ }", "abc", at)).not.toBe(signature);
});

test("text that jsonb refuses is mended, all other text kept", () => {
  expect(JSON.parse(storableJson({ a: "x\0y", b: ["\ud800", "😀 \\u0000"] }))).toEqual({
    a: "xy",
    b: ["\uFFFD", "😀 \\u0000"],
  });
});

test("cron ticks are counted in UTC, or in the zone they name, across a change of clocks", () => {
  expect(nextTick("*/15 * * * *", new Date("2026-03-01T10:01:00Z"))).toEqual(new Date("2026-03-01T10:15:00Z"));
  const berlin = "TZ=Europe/Berlin 0 9 * * *";
  expect(nextTick(berlin, new Date("2026-03-28T07:59:00Z"))).toEqual(new Date("2026-03-28T08:00:00Z"));
  expect(nextTick(berlin, new Date("2026-03-28T08:00:00Z"))).toEqual(new Date("2026-03-29T07:00:00Z"));
});

test("only the event key's owner can send, only events, and none in the executor's own name", () => {
  const now = new Date("2026-03-01T00:00:00Z");
  const read = (key: string, body: string, seed?: string) => readEvents({ key, body, seed }, "right", now);
  expect(read("wrong", "{}")).toMatchObject({ status: 401 });
  for (const body of [
    "",
    "{",
    "[]",
    "null",
    '{"name":""}',
    '{"name":"inngest/function.failed"}',
    '{"name":"a","data":[]}',
  ]) {
    expect(read("right", body)).toMatchObject({ status: 400 });
  }
  const answer = read("right", '[{"name":"a/b"},{"name":"a/b"}]', "seed");
  expect(answer).toMatchObject({ status: 200, events: [{ name: "a/b", data: {}, ts: now.getTime() }, {}] });
  expect(read("right", '[{"name":"a/b"},{"name":"a/b"}]', "seed")).toEqual(answer);
});

test("an answer that isn't the SDK's is the application's trouble, and tells whether the function may have run", () => {
  const sdk = { "x-inngest-sdk": "js:v4" };
  expect(outcomeOf({ status: 502, headers: {}, body: "bad gateway" })).toMatchObject({
    kind: "trouble",
    delivered: true,
  });
  expect(outcomeOf({ status: 404, headers: {}, body: "" })).toMatchObject({ kind: "trouble", delivered: false });
  expect(outcomeOf({ status: 401, headers: sdk, body: "" })).toMatchObject({ kind: "trouble", delivered: false });
  expect(outcomeOf({ status: 200, headers: sdk, body: "null" })).toEqual({ kind: "finished", output: null });
  expect(
    outcomeOf({ status: 500, headers: { ...sdk, "x-inngest-no-retry": "true" }, body: '{"message":"no"}' }),
  ).toMatchObject({ kind: "failed", mayRetry: false, error: { message: "no" } });
});
