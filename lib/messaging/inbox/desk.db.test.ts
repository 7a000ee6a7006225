import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "@/db/ids";
import { replyDrafts, tasks } from "@/db/schema/front-desk";
import { conversations, messages } from "@/db/schema/messaging";
import { auditLog, liveEvents } from "@/db/schema/records";
import { templates } from "@/db/schema/templates";
import { inClinic, makeChannel, makeClinic, makePatient, makeUser } from "@/db/testing/make";
import { makeConversation, makeTask } from "@/db/testing/make-talk";
import { clockAt } from "@/lib/core/clock";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { addNote } from "./add-note";
import { assignConversation, listAssignees } from "./assign";
import { addCannedReply, changeCannedReply, removeCannedReply } from "@/lib/messaging/canned-replies/save";
import { listCannedReplies } from "@/lib/messaging/canned-replies/list";
import { closeConversation } from "./close";
import { discardDraft, saveDraftIn } from "./drafts";
import { getConversation } from "./get-conversation";
import { listAsides } from "./list-asides";
import { listConversations } from "./list-conversations";
import { listMessages } from "./list-messages";
import { reopenConversation } from "./reopen";
import { replyToConversation } from "./reply";
import { ListConversations, ListMessages } from "@/lib/messaging/schema";
import { snoozeConversation } from "./snooze";
import { takeOver } from "./take-over";
import { bePresent, listViewers } from "./viewers";
import { wakeSnoozed } from "./wake-snoozed";

/** A clinic with two people at the desk, and a thread that nobody has. */
async function makeDesk(kind: "twilio_sms" | "twilio_whatsapp" = "twilio_sms") {
  const clinic = await makeClinic();
  const channel = kind === "twilio_sms" ? clinic.channel : await makeChannel(clinic.ctx, { kind });
  const member = async (name: string): Promise<ClinicContext> => {
    const user = await makeUser([{ ctx: clinic.ctx, role: "STAFF" }], { name });
    return { ...clinic.ctx, actor: { type: "user", id: user.id, name }, role: "STAFF" };
  };
  const [sam, kim] = [await member("Sam Desk"), await member("Kim Desk")];
  const { id } = await makeConversation(sam, {
    channelId: channel.id,
    contactPointId: clinic.patient.contactPointId,
    lastInboundAt: sam.now(),
    messages: [{ text: "My crown came loose" }],
  });
  return { ...clinic, channel, sam, kim, id };
}

const idOf = ({ actor }: ClinicContext) => actor.id;
const later = (ctx: ClinicContext, hours: number): ClinicContext => ({
  ...ctx,
  now: clockAt(new Date(ctx.now().getTime() + hours * 3_600_000).toISOString()),
});
const idsOf = async (ctx: ClinicContext, input: Record<string, unknown>) =>
  unwrap(await listConversations(ctx, ListConversations.parse(input))).items.map((item) => item.id);

test("of two who take a thread at once one gets it, and the other hears who", async () => {
  const { sam, kim, id } = await makeDesk();
  const both = await Promise.all(
    [sam, kim].map((ctx) => assignConversation(ctx, id, { assigneeId: idOf(ctx), expectedId: null })),
  );
  expect(both.filter((one) => one.ok)).toHaveLength(1);
  const { assignee } = unwrap(await getConversation(sam, id));
  expect(both.find((one) => !one.ok)).toMatchObject({ error: "CONFLICT", details: { by: assignee?.id } });
});

test("a thread is given to members who may answer, and to nobody else", async () => {
  const { sam, kim, id } = await makeDesk();
  const viewer = await makeUser([{ ctx: sam, role: "VIEWER" }]);
  expect(unwrap(await assignConversation(sam, id, { assigneeId: idOf(kim) })).assignee?.name).toBe("Kim Desk");
  for (const assigneeId of [viewer.id, newId()])
    expect(await assignConversation(sam, id, { assigneeId })).toMatchObject({ error: "NOT_FOUND" });
  expect(unwrap(await listAssignees(sam)).items.map((one) => one.name)).toEqual(["Kim Desk", "Sam Desk"]);
  expect(await idsOf(kim, { view: "mine" })).toEqual([id]);
  expect(await idsOf(sam, { view: "mine" })).toEqual([]);
});

test("a snoozed thread is out of sight until its time, then the sweep shows it again", async () => {
  const { sam, id } = await makeDesk();
  const until = new Date(sam.now().getTime() + 3_600_000).toISOString();
  unwrap(await snoozeConversation(sam, id, { until }));
  expect([await idsOf(sam, { view: "open" }), await idsOf(sam, { view: "snoozed" })]).toEqual([[], [id]]);
  expect(await wakeSnoozed(sam)).toBe(0);
  const afterwards = later(sam, 1);
  expect(await idsOf(afterwards, { view: "open" })).toEqual([id]);
  expect(await wakeSnoozed(afterwards)).toBe(1);
  expect(unwrap(await getConversation(sam, id)).snoozedUntil).toBeNull();
  expect(await snoozeConversation(afterwards, id, { until })).toMatchObject({ error: "VALIDATION_FAILED" });
});

test("a closed thread is opened again, unless the patient has begun another", async () => {
  const { sam, id, channel, patient } = await makeDesk();
  unwrap(await closeConversation(sam, id));
  expect(await idsOf(sam, { view: "closed" })).toEqual([id]);
  expect(unwrap(await reopenConversation(sam, id, { holder: "bot" }))).toMatchObject({ status: "open", holder: "bot" });
  unwrap(await closeConversation(sam, id));
  await makeConversation(sam, { channelId: channel.id, contactPointId: patient.contactPointId });
  expect(await reopenConversation(sam, id, { holder: "staff" })).toMatchObject({ error: "CONFLICT" });
});

test("notes and acts stand beside the thread, and no message is made of them", async () => {
  const { sam, kim, id } = await makeDesk();
  unwrap(await takeOver(sam, id));
  unwrap(await takeOver(sam, id)); // changes nothing, so it is told once
  unwrap(await addNote(kim, id, { text: "Her mother called, too" }));
  const { items } = unwrap(await listAsides(sam, id));
  expect(items).toMatchObject([
    { kind: "take_over", by: "Sam Desk", text: null },
    { kind: "note", by: "Kim Desk", text: "Her mother called, too" },
  ]);
  expect(await query(sam, (tx) => tx.select({ text: messages.text }).from(messages))).toEqual([
    { text: "My crown came loose" },
  ]);
});

test("who answers what a colleague has answered meanwhile is told so, and may insist", async () => {
  const { sam, kim, id } = await makeDesk();
  const { items } = unwrap(await listMessages(sam, ListMessages.parse({ conversation_id: id })));
  const seenMessageId = items[0]?.id;
  unwrap(await replyToConversation(sam, id, { text: "Come at ten", seenMessageId }));
  unwrap(await replyToConversation(sam, id, { text: "Or at eleven", seenMessageId })); // one's own words are no surprise
  const rival = await replyToConversation(kim, id, { text: "Come at noon", seenMessageId });
  expect(rival).toMatchObject({ error: "CONFLICT", details: { what: "answered", by: idOf(sam) } });
  expect((await replyToConversation(kim, id, { text: "Come at noon" })).ok).toBe(true);
});

test("after WhatsApp's 24 hours a template goes out and free text does not", async () => {
  const { sam, id } = await makeDesk("twilio_whatsapp");
  const [template] = await inClinic(sam, (tx) =>
    tx
      .insert(templates)
      .values({
        ...{ clinicId: sam.clinic.id, name: "come_back", locale: "en", category: "utility", approval: "approved" },
        ...{ body: "Hello {{1}}, please call {{2}}.", variables: ["name", "clinic"] },
      })
      .returning(),
  );
  const templateId = template?.id ?? "";
  const { window } = unwrap(await getConversation(sam, id));
  expect(window?.closesAt).toEqual(new Date(sam.now().getTime() + 24 * 3_600_000));
  expect((await replyToConversation(later(sam, 23), id, { text: "Hello" })).ok).toBe(true);
  const afterwards = later(sam, 24);
  expect(await replyToConversation(afterwards, id, { text: "Hello" })).toMatchObject({ error: "WINDOW_CLOSED" });
  const values = ["Pat", "Test Dental"];
  const sent = unwrap(await replyToConversation(afterwards, id, { template: { id: templateId, values } }));
  expect(sent).toMatchObject({ text: "Hello Pat, please call Test Dental.", payload: { template: { values } } });
  const unapproved = { id: newId(), values };
  expect(await replyToConversation(afterwards, id, { template: unapproved })).toMatchObject({ error: "NOT_FOUND" });
  expect(await replyToConversation(afterwards, id, { template: { id: templateId, values: [] } })).toMatchObject({
    error: "VALIDATION_FAILED",
  });
  const before = unwrap(await getConversation(sam, id));
  const support: ClinicContext = { ...afterwards, role: "SUPPORT" };
  expect(await replyToConversation(support, id, { text: "Hello" })).toMatchObject({ error: "SUPPORT_FORBIDDEN" });
  unwrap(await replyToConversation(support, id, { template: { id: templateId, values } }));
  const { holder, assignee, unread } = unwrap(await getConversation(sam, id));
  expect({ holder, assignee, unread }).toMatchObject({ holder: before.holder, assignee: before.assignee, unread: 0 });
});

test("the bot's draft is sent without taking the thread from it, or discarded; any answer ends it", async () => {
  const { sam, id } = await makeDesk();
  const draft = () => inClinic(sam, (tx) => saveDraftIn(tx, sam, id, { turnId: null, text: "We can fit you in." }));
  await draft();
  expect(unwrap(await getConversation(sam, id)).draft?.text).toBe("We can fit you in.");
  unwrap(await replyToConversation(sam, id, { text: "We can fit you in today.", isDraft: true }));
  expect(unwrap(await getConversation(sam, id))).toMatchObject({ draft: null, holder: "bot", status: "waiting" });
  await draft();
  unwrap(await discardDraft(sam, id));
  expect(await discardDraft(sam, id)).toMatchObject({ error: "NOT_FOUND" });
  await draft();
  unwrap(await replyToConversation(sam, id, { text: "I will call you." }));
  expect(await query(sam, (tx) => tx.select().from(replyDrafts))).toEqual([]);
});

test("opened again, a thread stands where it stood: its tasks, its hand-off, its draft and the talk", async () => {
  const { sam, id } = await makeDesk();
  const dialog = { v: 1, flow: "booking" };
  const was = { status: "handoff", isUrgent: true, unreadCount: 2, dialog } as const;
  await inClinic(sam, (tx) => tx.update(conversations).set(was).where(eq(conversations.id, id)));
  await makeTask(sam, { conversationId: id, reason: "handoff" });
  const done = await makeTask(sam, { conversationId: id, reason: "question", doneAt: sam.now() });
  await inClinic(sam, (tx) => saveDraftIn(tx, sam, id, { turnId: null, text: "We can fit you in." }));
  const open = async () => {
    const rows = await query(sam, (tx) => tx.select().from(tasks).where(eq(tasks.conversationId, id)));
    return rows.filter(({ doneAt }) => doneAt === null).map(({ reason }) => reason);
  };
  const stored = async () => (await query(sam, (tx) => tx.select().from(conversations)))[0];
  unwrap(await closeConversation(sam, id));
  unwrap(await closeConversation(sam, id));
  expect(await open()).toEqual([]);
  expect(unwrap(await getConversation(sam, id))).toMatchObject({ dialogState: null, draft: null, isUrgent: false });
  unwrap(await reopenConversation(later(sam, 1), id, { holder: "bot" }));
  expect(await stored()).toMatchObject({ ...was, holder: "bot", assigneeId: null });
  expect(await open()).toEqual(["handoff"]);
  expect(unwrap(await getConversation(sam, id)).draft?.text).toBe("We can fit you in.");
  const [stillDone] = await query(sam, (tx) => tx.select().from(tasks).where(eq(tasks.id, done.id)));
  expect(stillDone?.doneAt).not.toBeNull();
});

test("who opens a thread for themselves takes it from the bot: what it asked for is seen to, the talk is kept", async () => {
  const { sam, id } = await makeDesk();
  const dialog = { v: 1, flow: "booking" };
  await inClinic(sam, (tx) =>
    tx.update(conversations).set({ status: "handoff", dialog }).where(eq(conversations.id, id)),
  );
  const task = await makeTask(sam, { conversationId: id, reason: "handoff" });
  unwrap(await closeConversation(sam, id));
  const reopened = unwrap(await reopenConversation(sam, id, { holder: "staff" }));
  expect(reopened).toMatchObject({
    status: "open",
    holder: "staff",
    assignee: { id: idOf(sam) },
    dialogState: "booking",
  });
  const [row] = await query(sam, (tx) => tx.select().from(tasks).where(eq(tasks.id, task.id)));
  expect(row?.doneAt).not.toBeNull();
});

test("two in one thread see each other come, write and go, and a heartbeat is no news", async () => {
  const { sam, kim, id } = await makeDesk();
  const news = async () =>
    (await query(sam, (tx) => tx.select().from(liveEvents).where(eq(liveEvents.topic, "viewer")))).length;
  expect(unwrap(await bePresent(sam, id, { isTyping: false, isLeaving: false })).items).toEqual([]);
  unwrap(await bePresent(sam, id, { isTyping: false, isLeaving: false }));
  expect(await news()).toBe(1);
  const { items } = unwrap(await bePresent(kim, id, { isTyping: true, isLeaving: false }));
  expect(items).toEqual([{ id: idOf(sam), name: "Sam Desk", isTyping: false }]);
  expect(unwrap(await listViewers(sam, id)).items).toEqual([{ id: idOf(kim), name: "Kim Desk", isTyping: true }]);
  unwrap(await bePresent(kim, id, { isTyping: false, isLeaving: true }));
  expect(unwrap(await listViewers(sam, id)).items).toEqual([]);
  expect(await news()).toBe(3);
  expect(await bePresent(sam, newId(), { isTyping: false, isLeaving: false })).toMatchObject({ error: "NOT_FOUND" });
});

test("a short name stands for one answer in each language", async () => {
  const { sam } = await makeDesk();
  const hours = { shortcut: "hours", locale: "en", text: "We are open from 9 to 5." } as const;
  const { id } = unwrap(await addCannedReply(sam, hours));
  expect(await addCannedReply(sam, hours)).toMatchObject({ error: "CONFLICT" });
  unwrap(await addCannedReply(sam, { ...hours, locale: "es", text: "Abrimos de 9 a 5." }));
  unwrap(await changeCannedReply(sam, id, { ...hours, text: "Open 9 to 5, {patient}." }));
  expect(unwrap(await listCannedReplies(sam)).items.map((one) => one.text)).toEqual([
    "Open 9 to 5, {patient}.",
    "Abrimos de 9 a 5.",
  ]);
  unwrap(await removeCannedReply(sam, id));
  expect(await removeCannedReply(sam, id)).toMatchObject({ error: "NOT_FOUND" });
  const actions = await query(sam, (tx) => tx.select({ action: auditLog.action }).from(auditLog));
  expect(actions.filter(({ action }) => action.startsWith("canned_reply.")).length).toBe(4);
});

test("urgent calls for a person come first on every page, then the newest, each once", async () => {
  const { sam, id, channel } = await makeDesk();
  const ids = [id];
  for (let at = 0; at < 6; at++) {
    const { contactPointId } = await makePatient(sam);
    const lastMessageAt = new Date(sam.now().getTime() - (at + 1) * 60_000);
    const urgent = at % 3 === 2 ? ({ status: "handoff", isUrgent: true } as const) : {};
    ids.push((await makeConversation(sam, { channelId: channel.id, contactPointId, lastMessageAt, ...urgent })).id);
  }
  const seen: string[] = [];
  for (let cursor: string | null | undefined = undefined; cursor !== null;) {
    const page: { items: { id: string }[]; nextCursor: string | null } = unwrap(
      await listConversations(sam, ListConversations.parse({ view: "open", limit: 2, ...(cursor ? { cursor } : {}) })),
    );
    seen.push(...page.items.map((item) => item.id));
    cursor = page.nextCursor;
  }
  expect(seen.map((one) => ids.indexOf(one))).toEqual([3, 6, 0, 1, 2, 4, 5]);
});

test("threads are found by the words in them, by the beginning of a word, and by name and number", async () => {
  const { sam, id, patient } = await makeDesk();
  for (const q of ["crown", "CROW loose", patient.name, patient.phone, patient.phone.slice(-4)])
    expect(await idsOf(sam, { q })).toEqual([id]);
  for (const q of ["implant", "crown implant", "crown' | 'implant", "%"]) expect(await idsOf(sam, { q })).toEqual([]);
  unwrap(await closeConversation(sam, id));
  expect(await idsOf(sam, { q: "crown" })).toEqual([id]);
  expect(await idsOf(sam, { q: "crown", view: "open" })).toEqual([]);
});

test("what staff snoozed wakes when the patient writes: nothing keeps it asleep but time", async () => {
  const { sam, id } = await makeDesk();
  unwrap(await snoozeConversation(sam, id, { until: new Date(sam.now().getTime() + 60_000).toISOString() }));
  unwrap(await takeOver(sam, id));
  const [thread] = await query(sam, (tx) => tx.select().from(conversations));
  expect(thread?.snoozedUntil).toBeNull();
});

test("a word that the database reads as a number, or as two, is found as it was written", async () => {
  const { sam, id } = await makeDesk();
  unwrap(await replyToConversation(sam, id, { text: "Your order 45391e4e is here, re-do included" }));
  for (const q of ["45391e4e", "45391e", "re-do", "order 45391e4e"])
    expect([q, await idsOf(sam, { q })]).toEqual([q, [id]]);
});
