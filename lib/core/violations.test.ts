import { DrizzleQueryError } from "drizzle-orm";
import { expect, test } from "vitest";
import { isDatabaseAway } from "./violations";

const failed = (code: string) => new DrizzleQueryError("select", [], Object.assign(new Error("refused"), { code }));

test.each([
  ["a server that restarts", "57P01"],
  ["no connection left", "53300"],
  ["a lock that is not given in time", "55P03"],
])("%s is the database's being away: come back later", (_, code) => {
  expect(isDatabaseAway(failed(code))).toBe(true);
});

test.each([
  "Connection terminated unexpectedly",
  "Client has encountered a connection error and is not queryable",
  "timeout exceeded when trying to connect",
  'could not extend file "base/16384/16809": File too large',
])("so is what is said without a code that tells: %s", (words) => {
  expect(isDatabaseAway(new DrizzleQueryError("select", [], new Error(words)))).toBe(true);
});

test.each([
  ["a broken rule", "23505"],
  ["a query that takes too long: it would again", "57014"],
])("%s is not", (_, code) => {
  expect(isDatabaseAway(failed(code))).toBe(false);
});
