import { sql } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";
import { makeBareClinic } from "@/db/testing/make";
import { clockAt } from "@/lib/core/clock";
import { unscoped } from "@/lib/core/transact";
import { systemContext } from "./mint";

afterEach(() => void vi.useRealTimers());

const databaseNow = async () => {
  const { rows } = await unscoped((tx) =>
    tx.execute<{ ms: number }>(sql`select (extract(epoch from now()) * 1000)::float8 as ms`),
  );
  return rows[0]?.ms ?? 0;
};

test.each(["2020-01-01T00:00:00Z", "2050-01-01T00:00:00Z"])(
  "a job on a machine that thinks it is %s goes by the database's clock",
  async (wrong) => {
    const { clinic } = await makeBareClinic();
    vi.useFakeTimers({ toFake: ["Date"], now: new Date(wrong) });
    const ctx = await systemContext(clinic.id, "test");
    const [first, second] = [ctx.now().getTime(), ctx.now().getTime()];
    expect(Math.abs((await databaseNow()) - first)).toBeLessThan(5000);
    expect(second).toBeGreaterThanOrEqual(first);
  },
);

test("a rehearsal keeps the clock that it was given", async () => {
  const { clinic } = await makeBareClinic();
  const ctx = await systemContext(clinic.id, "test", clockAt("2026-03-02T12:00:00Z"));
  expect(ctx.now().toISOString()).toBe("2026-03-02T12:00:00.000Z");
});
