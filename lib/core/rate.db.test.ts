import { expect, test } from "vitest";
import { pool } from "@/db/client";
import { newId } from "@/db/ids";
import { clearOldCounts, count, forget } from "./rate";

const THREE = { name: "test", points: 3, seconds: 60 };

test("so many pass and the next are told how long to wait, each key for itself", async () => {
  const [mine, theirs] = [newId(), newId()];
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => count(THREE, mine)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
  expect(await count(THREE, mine)).toMatchObject({ error: "RATE_LIMITED", details: { retryAfterSeconds: 60 } });
  expect(await count(THREE, theirs)).toMatchObject({ ok: true });
});

test("what was taken back may be used again, and no key is written down", async () => {
  const key = "someone@example.test";
  for (let i = 0; i < 3; i++) await count(THREE, key);
  await forget(THREE, key, 1);
  expect((await count(THREE, key)).ok).toBe(true);
  await forget(THREE, key);
  expect((await count(THREE, key)).ok).toBe(true);
  const { rows } = await pool().query("select key from rate_limits");
  expect(JSON.stringify(rows)).not.toContain("someone");
});

test("counts whose time is over are removed, the others stay", async () => {
  const key = newId();
  await count({ ...THREE, name: "old" }, key);
  await pool().query("update rate_limits set expire = 1 where key like 'old:%'");
  await count(THREE, key);
  expect(await clearOldCounts()).toBe(1);
});
