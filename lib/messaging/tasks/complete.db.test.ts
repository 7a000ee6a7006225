import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditLog, liveEvents } from "@/db/schema/records";
import { makeBareClinic, makeUser } from "@/db/testing/make";
import { makeTask } from "@/db/testing/make-talk";
import { clockAt } from "@/lib/core/clock";
import type { ClinicContext } from "@/lib/core/context";
import { query } from "@/lib/core/transact";
import { completeTask } from "./complete";

async function makeDesk() {
  const clinic = await makeBareClinic();
  const user = await makeUser([{ ctx: clinic, role: "STAFF" }]);
  const ctx: ClinicContext = { ...clinic, role: "STAFF", actor: { type: "user", id: user.id, name: user.name } };
  return { ctx, task: await makeTask(ctx) };
}

test("a task is done once: who did it first stays, and it is told and audited once", async () => {
  const { ctx, task } = await makeDesk();
  const first = await completeTask(ctx, { id: task.id });
  expect(first).toMatchObject({ ok: true, data: { id: task.id, doneAt: ctx.now(), doneBy: ctx.actor.id } });
  const again = await completeTask({ ...ctx, now: clockAt("2026-03-05T00:00:00Z") }, { id: task.id });
  expect(again).toEqual(first);
  const told = await query(ctx, (tx) => tx.select().from(liveEvents).where(eq(liveEvents.entityId, task.id)));
  const audited = await query(ctx, (tx) => tx.select().from(auditLog).where(eq(auditLog.targetId, task.id)));
  expect([told.length, audited.length]).toEqual([1, 1]);
});

test("a task of another clinic is not found and stays open", async () => {
  const [here, elsewhere] = [await makeDesk(), await makeDesk()];
  const answer = await completeTask(here.ctx, { id: elsewhere.task.id });
  expect(answer).toEqual({ ok: false, error: "NOT_FOUND", details: { what: "task" } });
  expect(await completeTask(elsewhere.ctx, { id: elsewhere.task.id })).toMatchObject({ ok: true });
});
