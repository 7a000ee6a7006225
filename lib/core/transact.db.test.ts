import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { pool } from "@/db/client";
import { makeBareClinic } from "@/db/testing/make";
import { ok } from "./result";
import { ChangedMeanwhile, query, transact, transactAsUser, unscoped } from "./transact";

const setting = async (name: string) =>
  (await pool().query<{ value: string | null }>("select nullif(current_setting($1, true), '') as value", [name]))
    .rows[0];

test("a transaction that failed inside is not committed in silence", async () => {
  const failing = unscoped(async (tx) => {
    await tx.execute(sql`select 1 / 0`).catch(() => undefined);
    return "booked";
  });
  await expect(failing).rejects.toThrow("a failed transaction was to be committed");
});

test("the clinic is set before the first statement and gone with the transaction", async () => {
  const ctx = await makeBareClinic();
  const seen = await query(ctx, (tx) =>
    Promise.all([1, 2].map(() => tx.execute(sql`select current_clinic() as id`).then(({ rows }) => rows[0]))),
  );
  expect(seen).toEqual([{ id: ctx.clinic.id }, { id: ctx.clinic.id }]);
  expect(await setting("app.clinic_id")).toEqual({ value: null });
});

test("what a scope says is never read as SQL", async () => {
  const person = "it's \\ '); drop table users; --";
  const { rows } = await transactAsUser(person, (tx) =>
    tx.execute(sql`select current_setting('app.user_id') as person`),
  );
  expect(rows).toEqual([{ person }]);
});

test("a decision whose ground has changed is taken again, from the start", async () => {
  const ctx = await makeBareClinic();
  let runs = 0;
  const answer = await transact(ctx, {}, async () => {
    runs += 1;
    if (runs < 3) throw new ChangedMeanwhile();
    return ok(runs);
  });
  expect(answer).toEqual(ok(3));
});
