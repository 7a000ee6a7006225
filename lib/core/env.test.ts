import { expect, test } from "vitest";
import { readEnv } from "./env";

const PRODUCTION = {
  DATABASE_URL: "postgres://app:pw@db.internal/chairside",
  APP_URL: "https://portal.example.com/",
  SESSION_SECRET: "kD8x!0qPz7Rw2Lm4Vb6Nc1Yt9Gh3Jf5S",
  ENCRYPTION_KEY: "pL3m!9vTz1Xw8Qs6Kb4Hd0Rf2Yj7Nc5G",
};

test("without a database the mode is demo, with one production", () => {
  expect(readEnv({})).toMatchObject({ env: { mode: "demo" } });
  expect(readEnv(PRODUCTION)).toMatchObject({ env: { mode: "production", APP_URL: "https://portal.example.com" } });
  expect(readEnv({ ...PRODUCTION, DEMO: "1" })).toMatchObject({ env: { mode: "demo" } });
  expect(readEnv({ ...PRODUCTION, NODE_ENV: "development" })).toMatchObject({ env: { mode: "production" } });
});

test.each([
  ["a missing secret", { SESSION_SECRET: "" }, /SESSION_SECRET: missing/],
  ["a short secret", { SESSION_SECRET: "short" }, /SESSION_SECRET: needs at least 32/],
  ["a weak secret", { SESSION_SECRET: "a".repeat(40) }, /SESSION_SECRET: too weak/],
  ["a missing encryption key", { ENCRYPTION_KEY: "" }, /ENCRYPTION_KEY: missing/],
  ["a weak encryption key", { ENCRYPTION_KEY: "b".repeat(40) }, /ENCRYPTION_KEY: too weak/],
  ["an allow-list that is no JSON", { WHATSAPP_TEST_ALLOWLIST: "+15550100" }, /WHATSAPP_TEST_ALLOWLIST: needs JSON/],
  ["plain http", { APP_URL: "http://portal.example.com" }, /APP_URL: must be https/],
  ["a wrong number", { PORT: "banana" }, /PORT/],
])("production stops on %s with one line that names it", (_, change, line) => {
  const read = readEnv({ ...PRODUCTION, ...change });
  expect(read.problems).toHaveLength(1);
  expect(read.problems[0]).toMatch(line);
});

test("older names are read, replaced ones are named with what replaced them", () => {
  const { SESSION_SECRET, ...rest } = PRODUCTION;
  const read = readEnv({ ...rest, JWT_SECRET_KEY: SESSION_SECRET, REDIS_URL: "redis://old" });
  expect(read).toMatchObject({
    env: { SESSION_SECRET },
    notices: ["REDIS_URL is ignored: Postgres holds what Redis held."],
  });
});
