import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { channels } from "@/db/schema/channels";
import { auditLog } from "@/db/schema/records";
import { FACTS } from "@/db/testing/decide-stage";
import { inClinic, makeUser } from "@/db/testing/make";
import { playDialog, type StageFields } from "@/db/testing/play-dialog";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { alertUnanswered } from "@/lib/messaging/inbox/alert-unanswered";
import { discardDraft } from "@/lib/messaging/inbox/drafts";
import { openGate, type GateAsk } from "@/lib/messaging/gate/facts";
import { getConversation } from "@/lib/messaging/inbox/get-conversation";
import { replyToConversation } from "@/lib/messaging/inbox/reply";
import { answererIn, type Scene } from "./answer";
import { LEFT_TO_STAFF, type AskedOfWorld } from "./decide/facts";
import { listTurns } from "./list-turns";

type Mode = (typeof channels.$inferSelect)["botMode"];

async function play(botMode: Mode, fields: StageFields = { people: ["Ann Lee"] }) {
  const talk = await playDialog(fields);
  await inClinic(talk.ctx, (tx) => tx.update(channels).set({ botMode }).where(eq(channels.id, talk.channel.id)));
  const user = await makeUser([{ ctx: talk.ctx, role: "STAFF" }], { name: "Sam Desk" });
  const sam: ClinicContext = { ...talk.ctx, actor: { type: "user", id: user.id, name: "Sam Desk" }, role: "STAFF" };
  const thread = async () => unwrap(await getConversation(sam, talk.conversationId));
  const send = async (text?: string) => {
    const { draft } = await thread();
    const said = { text: text ?? draft?.text ?? "", isDraft: true, ...(draft?.id && { draftId: draft.id }) };
    return unwrap(await replyToConversation(sam, talk.conversationId, said));
  };
  return { ...talk, sam, thread, send, draft: async () => (await thread()).draft?.text };
}

/** What the gate says of an answer that the bot has just written. */
const gateOf = async (talk: Awaited<ReturnType<typeof play>>) => {
  const conversation = await talk.conversation();
  if (!conversation) throw new Error("no thread");
  const ask: GateAsk = {
    ...{ key: "k", sendClass: "reply", channelId: talk.channel.id, contactPointId: conversation.contactPointId },
    ...{ conversationId: talk.conversationId, text: "words", writtenAt: talk.ctx.now(), expiresAt: null },
    ...{ templateId: null, values: [], isWindowClosed: false },
  };
  const verdict = await query(talk.ctx, async (tx) => (await openGate(tx, talk.ctx, [ask], false)).decide("k"));
  return verdict.verdict === "suppress" ? verdict.reason : verdict.verdict;
};

// Tests live at 07:00, before the clinic opens at 9.
const [CLOSED, OPEN] = [0, 180];

test.each([
  ["off", OPEN, "silent", "bot_off"],
  ["off", CLOSED, "silent", "bot_off"],
  ["drafts", OPEN, "drafted", "bot_off"],
  ["drafts", CLOSED, "drafted", "bot_off"],
  ["out_of_hours", OPEN, "silent", "bot_off"],
  ["out_of_hours", CLOSED, "replied", "send"],
  ["always", OPEN, "replied", "send"],
  ["always", CLOSED, "replied", "send"],
] as const)("bot mode %s, %i minutes after 7: %s", async (mode, minutes, outcome, gate) => {
  const talk = await play(mode);
  talk.pass(minutes);
  const said = await talk.write("I want a cleaning tomorrow");
  expect(said !== "").toBe(outcome === "replied");
  expect((await talk.draft()) !== undefined).toBe(outcome === "drafted");
  const turns = await talk.turns();
  expect(turns.map((turn) => turn.outcome)).toEqual([outcome]);
  const inbound = (await talk.messages()).filter(({ direction }) => direction === "inbound");
  expect(inbound).toMatchObject([{ turnId: turns[0]?.id }]);
  expect(await gateOf(talk)).toBe(gate);
});

test("while a person holds the thread the bot neither speaks nor drafts, whatever its mode and the hour", async () => {
  const talk = await play("always");
  await talk.set({ holder: "staff" });
  for (const minutes of [CLOSED, OPEN]) {
    talk.pass(minutes);
    for (const botMode of ["off", "drafts", "out_of_hours", "always"] as const) {
      await inClinic(talk.ctx, (tx) => tx.update(channels).set({ botMode }).where(eq(channels.id, talk.channel.id)));
      expect([botMode, await talk.write("I want a cleaning tomorrow")]).toEqual([botMode, ""]);
      expect(await talk.draft()).toBeUndefined();
    }
  }
  expect(await gateOf(talk)).toBe("staff_hold");
  const turns = await talk.turns();
  expect(turns.map(({ outcome, silence }) => [outcome, silence])).toEqual(turns.map(() => ["silent", "staff_hold"]));
  expect(turns).toHaveLength(8);
});

test("a draft books nothing; sent, the talk goes on from it, and the yes becomes a task with what to do", async () => {
  const talk = await play("drafts");
  await talk.write("book a cleaning tomorrow at 10");
  expect(await talk.draft()).toContain("Would that suit you?");
  expect(await talk.conversation()).toMatchObject({ dialog: {}, status: "open" });
  const first = await talk.send();
  expect(first).toMatchObject({ sender: { type: "staff", name: "Sam Desk" }, turnId: (await talk.turns())[0]?.id });
  expect(await talk.replies()).toMatchObject([{ sendClass: "staff" }]);
  expect(await talk.conversation()).toMatchObject({ holder: "bot", status: "waiting" });
  await talk.write("yes");
  expect(await talk.draft()).toContain("put you down for Cleaning, Tuesday, March 3 at 10:00 AM");
  expect(await talk.visits()).toEqual([]);
  const task = { reason: "as_agreed", patientId: talk.patients[0]?.id, doneAt: null };
  const note = expect.stringMatching(/^To book: Cleaning, Tuesday, March 3 at 10:00 AM, Dr/);
  expect(await talk.tasks()).toMatchObject([{ ...task, note }]);
  await talk.send();
  expect(await talk.tasks()).toMatchObject([task]);
  const rows = await inClinic(talk.ctx, (tx) => tx.select().from(auditLog).where(eq(auditLog.action, "draft.send")));
  expect(rows).toHaveLength(2);
  const { items } = unwrap(await listTurns(talk.sam, { id: talk.conversationId, limit: 5 }));
  expect(items[0]).toMatchObject({ outcome: "drafted", reply: expect.stringContaining("put you down") });
  expect(items[0]?.lines.at(-1)).toBe("Left as a draft for staff to send.");
});

test("what comes while a draft waits is understood with what it answers, and the newer draft takes its place", async () => {
  const talk = await play("drafts");
  await talk.write("I would like a cleaning");
  const old = (await talk.thread()).draft;
  await talk.write("tomorrow at 10 please");
  expect(await talk.draft()).toContain("Cleaning, Tuesday, March 3 at 10:00 AM");
  expect((await talk.turns()).map(({ outcome }) => outcome)).toEqual(["drafted", "drafted"]);
  const stale = { text: old?.text ?? "", isDraft: true, draftId: old?.id ?? "" };
  expect(await replyToConversation(talk.sam, talk.conversationId, stale)).toMatchObject({
    ...{ error: "CONFLICT", details: { what: "draft" } },
  });
  expect(await talk.draft()).toContain("10:00 AM");
});

test("a draft that staff drop, or answer in their own words, was never said", async () => {
  const talk = await play("drafts");
  await talk.write("book a cleaning tomorrow at 10");
  unwrap(await discardDraft(talk.sam, talk.conversationId));
  expect(await talk.conversation()).toMatchObject({ dialog: {} });
  talk.pass(45);
  await talk.write("yes");
  expect(await talk.tasks()).toEqual([]);
  unwrap(await replyToConversation(talk.sam, talk.conversationId, { text: "Give us a call, please." }));
  expect(await talk.thread()).toMatchObject({ draft: null, holder: "staff" });
});

test("a stop ends messages and an emergency is answered at once, though the bot only drafts", async () => {
  const talk = await play("drafts");
  await talk.write("I would like a cleaning");
  expect(await talk.write("my face is swollen and I can't breathe")).toContain("911");
  expect(await talk.conversation()).toMatchObject({ status: "handoff", isUrgent: true });
  expect((await talk.tasks()).map(({ reason }) => reason)).toEqual(["emergency"]);
  expect(await talk.draft()).toBeUndefined();
  expect(await talk.write("STOP")).toContain("won't get texts");
  expect((await talk.replies()).map(({ sendClass }) => sendClass)).toEqual(["service", "optout_confirmation"]);
});

test("whatever a decision asked, a draft's turn does nothing that is left to staff", async () => {
  const talk = await playDialog();
  const scene: Scene = {
    ...{ conversationId: talk.conversationId, contactPointId: talk.conversationId, channelKind: "twilio_sms" },
    ...{ text: "", at: talk.ctx.now(), facts: { ...FACTS, botMode: "drafts" }, consentMessage: undefined },
  };
  await inClinic(talk.ctx, async (tx) => {
    const answer = answererIn(tx, talk.ctx, scene);
    for (const kind of LEFT_TO_STAFF) {
      const asked = { kind, input: {} } as AskedOfWorld; // what it would be about is never looked at
      expect(() => answer(asked)).toThrow(`a draft was about to ${kind}`);
    }
  });
});

test("a draft that nobody sends is no answer: staff are told that the patient still waits", async () => {
  const talk = await play("drafts");
  await talk.write("I want a cleaning tomorrow");
  const longAgo = new Date(Date.now() - 11 * 60_000);
  await talk.set({ lastInboundAt: longAgo, lastMessageAt: longAgo });
  expect(await alertUnanswered(talk.ctx)).toBe(1);
  await talk.send();
  await talk.set({ unansweredAlertAt: null });
  expect(await alertUnanswered(talk.ctx)).toBe(0);
});

test("asked for a person, the thread needs staff, and sending the draft leaves it so", async () => {
  const talk = await play("drafts");
  await talk.write("can I talk to a real person?");
  expect(await talk.conversation()).toMatchObject({ status: "handoff" });
  await talk.send();
  expect(await talk.conversation()).toMatchObject({ status: "handoff", unreadCount: 0 });
  expect(await talk.tasks()).toMatchObject([{ reason: "handoff", doneAt: null }]);
});
