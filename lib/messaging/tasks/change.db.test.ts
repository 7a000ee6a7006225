import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { tasks } from "@/db/schema/front-desk";
import { auditLog } from "@/db/schema/records";
import { makeBareClinic, makeChannel, makePatient, makeUser } from "@/db/testing/make";
import { makeConversation, makeTask } from "@/db/testing/make-talk";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import type { MemberRole } from "@/lib/identity/permissions";
import { changeTask, reopenTask } from "./change";
import { completeTask } from "./complete";
import { countTasks, listTasks } from "./list";
import { ListTasks, TASK_KINDS } from "./schema";

const asMember = async (clinic: ClinicContext, role: MemberRole): Promise<ClinicContext> => {
  const { id, name } = await makeUser([{ ctx: clinic, role }]);
  return { ...clinic, role, actor: { type: "user", id, name } };
};

async function makeDesk() {
  const clinic = await makeBareClinic({ timeZone: "America/New_York" }, "2026-03-02T12:00:00Z");
  const [ann, bob, viewer] = await Promise.all([
    asMember(clinic, "STAFF"),
    asMember(clinic, "ADMIN"),
    asMember(clinic, "VIEWER"),
  ]);
  return { clinic, ann, bob, viewer };
}

const idsOf = async (ctx: ClinicContext, input: Record<string, unknown>) =>
  unwrap(await listTasks(ctx, ListTasks.parse(input))).items.map(({ id }) => id);

test("of two who claim a task at once one has it, the other is told whose it is; to nobody it goes back", async () => {
  const { ann, bob } = await makeDesk();
  const task = await makeTask(ann);
  const claim = (ctx: ClinicContext) => changeTask(ctx, task.id, { assigneeId: ctx.actor.id ?? "", expectedId: null });
  const answers = await Promise.all([claim(ann), claim(bob)]);
  const winner = answers[0].ok ? ann : bob;
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(answers.find(({ ok }) => !ok)).toMatchObject({
    error: "CONFLICT",
    details: { what: "assignee", by: winner.actor.id },
  });
  expect(await idsOf(winner, { assignee: "me" })).toEqual([task.id]);
  unwrap(await changeTask(winner, task.id, { assigneeId: null }));
  expect(await idsOf(winner, { assignee: "none" })).toEqual([task.id]);
});

test("a task goes to nobody who may do none, and a change that changes nothing is not written", async () => {
  const { ann, viewer } = await makeDesk();
  const task = await makeTask(ann);
  expect(await changeTask(ann, task.id, { assigneeId: viewer.actor.id ?? "" })).toMatchObject({ error: "NOT_FOUND" });
  unwrap(await changeTask(ann, task.id, { dueAt: "2026-03-05T14:00:00Z" }));
  unwrap(await changeTask(ann, task.id, { dueAt: "2026-03-05T14:00:00.000Z" }));
  const rows = await query(ann, (tx) =>
    tx
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.targetId, task.id), eq(auditLog.action, "task.change"))),
  );
  expect(rows.map(({ changed }) => changed)).toEqual([["due_at"]]);
});

test("lists and counts go by the clinic's day, by owner and by kind", async () => {
  const { ann } = await makeDesk(); // 07:00 in New York
  const tonight = await makeTask(ann, { reason: "handoff", dueAt: new Date("2026-03-03T04:59:00Z") });
  const tomorrow = await makeTask(ann, { reason: "other", note: "Call", dueAt: new Date("2026-03-03T05:00:00Z") });
  const urgent = await makeTask(ann, { reason: "emergency", dueAt: new Date("2026-03-02T12:00:00Z") });
  unwrap(await changeTask(ann, tomorrow.id, { assigneeId: ann.actor.id ?? "" }));
  expect(await idsOf(ann, {})).toEqual([urgent.id, tonight.id, tomorrow.id]);
  expect(await idsOf(ann, { due: "today" })).toEqual([urgent.id, tonight.id]);
  expect(await idsOf(ann, { kind: "other" })).toEqual([tomorrow.id]);
  expect(unwrap(await countTasks(ann))).toEqual({ open: 3, mine: 1, unassigned: 2, due: 2, waiting: 2 });
});

test("a tick can be taken back, unless the same has come up again meanwhile; a done task is not changed", async () => {
  const { ann } = await makeDesk();
  const { contactPointId } = await makePatient(ann);
  const channel = await makeChannel(ann);
  const { id: conversationId } = await makeConversation(ann, { channelId: channel.id, contactPointId, messages: [] });
  const task = await makeTask(ann, { reason: "handoff", conversationId });
  unwrap(await completeTask(ann, task));
  expect(await changeTask(ann, task.id, { assigneeId: null })).toMatchObject({ error: "ILLEGAL_TRANSITION" });
  expect(unwrap(await reopenTask(ann, task.id))).toMatchObject({ doneAt: null });
  unwrap(await completeTask(ann, task));
  await makeTask(ann, { reason: "handoff", conversationId });
  expect(await reopenTask(ann, task.id)).toMatchObject({ error: "CONFLICT" });
});

test("a viewer sees the number behind a task masked", async () => {
  const { ann, viewer } = await makeDesk();
  const { contactPointId, phone, name } = await makePatient(ann);
  const channel = await makeChannel(ann);
  const { id: conversationId } = await makeConversation(ann, { channelId: channel.id, contactPointId, messages: [] });
  await makeTask(ann, { reason: "handoff", conversationId });
  const first = async (ctx: ClinicContext) => unwrap(await listTasks(ctx, ListTasks.parse({}))).items[0];
  expect(await first(ann)).toMatchObject({ from: phone, people: [name] });
  expect((await first(viewer))?.from).not.toContain(phone.slice(4, -2));
});

test("every reason that a task can have is a kind that screens know", () => {
  expect(tasks.reason.enumValues.toSorted()).toEqual(TASK_KINDS.toSorted());
});
