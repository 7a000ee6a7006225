import { sql } from "drizzle-orm";
import { Client } from "pg";
import { expect, test } from "vitest";
import { unscoped } from "@/lib/core/transact";

test("a connection that is cut in the middle of a transaction fails that transaction, not the process", async () => {
  const owner = new Client(process.env.DATABASE_MIGRATE_URL);
  await owner.connect();
  const cut = unscoped(async (tx) => {
    const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    await owner.query("select pg_terminate_backend($1, 5000)", [rows[0]?.pid]);
    await new Promise((resolve) => setImmediate(resolve)); // the loss is told while nothing is being asked
    await tx.execute(sql`select 1`);
  });
  await expect(cut).rejects.toThrow();
  const { rows } = await unscoped((tx) => tx.execute<{ one: number }>(sql`select 1 as one`));
  expect(rows).toEqual([{ one: 1 }]);
  await owner.end();
});
