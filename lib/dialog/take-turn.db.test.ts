import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { messages, outbox } from "@/db/schema/messaging";
import { auditLog } from "@/db/schema/records";
import { inClinic } from "@/db/testing/make";
import { playDialog } from "@/db/testing/play-dialog";
import { unwrap } from "@/lib/core/result";
import { claimTurn, lockLeased } from "./claim-turn";
import { listTurns } from "./list-turns";
import { takeTurn } from "./take-turn";
import { takeTurnWhenDue } from "./take-turn-when-due";

test("of many workers at one conversation exactly one answers, once", async () => {
  const talk = await playDialog();
  await talk.receive("I want a cleaning tomorrow");
  const taken = await Promise.all(Array.from({ length: 6 }, () => takeTurn(talk.ctx, talk.conversationId)));
  expect(taken.map((one) => unwrap(one).did).filter((did) => did !== "nothing")).toEqual(["replied"]);
  expect(await talk.turns()).toHaveLength(1);
  expect(await talk.replies()).toHaveLength(1);
  const queued = await inClinic(talk.ctx, (tx) =>
    tx.select().from(outbox).where(eq(outbox.clinicId, talk.ctx.clinic.id)),
  );
  expect(queued).toHaveLength(1);
});

test("messages that came together are one turn with one reply", async () => {
  const talk = await playDialog({ people: ["Ann Lee"] });
  await talk.receive("hi there");
  await talk.receive("a cleaning please");
  await talk.receive("tomorrow at 10");
  expect(unwrap(await talk.turn())).toEqual({ did: "replied" });
  expect((await talk.replies()).map(({ text }) => text)).toEqual([
    expect.stringContaining("Tuesday, March 3 at 10:00 AM"),
  ]);
  const [turn] = await talk.turns();
  expect(
    (await talk.messages()).filter(({ direction }) => direction === "inbound").map(({ turnId }) => turnId),
  ).toEqual([turn?.id, turn?.id, turn?.id]);
});

test("messages and workers all at once: every message has exactly one turn, every turn one reply (I2)", async () => {
  const talk = await playDialog({ people: ["Ann Lee"] });
  const texts = [
    "hello",
    "I need a cleaning",
    "tomorrow at 10",
    "yes",
    "thanks",
    "when is my appointment?",
    "cancel it",
    "2",
  ];
  const work = async () => {
    for (let round = 0; round < 6; round++) unwrap(await talk.turn());
  };
  const writing = async () => {
    for (const text of texts) await talk.receive(text);
  };
  await Promise.all([writing(), work(), work(), work()]);
  await talk.dueIn(0);
  unwrap(await talk.turn());
  const turns = new Set((await talk.turns()).map(({ id }) => id));
  const inbound = (await talk.messages()).filter(({ direction }) => direction === "inbound");
  expect(inbound).toHaveLength(texts.length);
  expect(inbound.every(({ turnId }) => turnId !== null && turns.has(turnId))).toBe(true);
  expect((await talk.replies()).length).toBeLessThanOrEqual(turns.size);
  expect((await talk.conversation())?.turnLeaseToken).toBeNull();
});

test("a stop among several messages counts as if it had come alone", async () => {
  const talk = await playDialog();
  await talk.receive("who is this?");
  await talk.receive("STOP");
  await talk.turn();
  expect((await talk.replies()).map(({ sendClass }) => sendClass)).toEqual(["optout_confirmation"]);
});

test("a turn that isn't due waits, to the moment", async () => {
  const talk = await playDialog();
  await talk.receive("hello");
  await talk.dueIn(2);
  const taken = unwrap(await talk.turn());
  expect(taken).toMatchObject({ did: "wait" });
  expect(taken.did === "wait" && taken.waitMs).toBeGreaterThan(1500);
  const slept: number[] = [];
  const sleep = async (ms: number) => {
    slept.push(ms);
    await talk.dueIn(0);
  };
  expect(unwrap(await takeTurnWhenDue(talk.ctx, talk.conversationId, sleep))).toEqual({ did: "replied" });
  expect(slept).toHaveLength(1);
});

test("a worker that lost its lease writes nothing, and the turn is taken once", async () => {
  const talk = await playDialog();
  await talk.receive("book a cleaning tomorrow at 10");
  const claim = await claimTurn(talk.ctx, talk.conversationId);
  if (claim.found !== "turn") throw new Error("no turn");
  expect(unwrap(await talk.turn())).toEqual({ did: "nothing" });
  await talk.set({ turnLeaseUntil: new Date(0) });
  expect(unwrap(await talk.turn())).toEqual({ did: "replied" });
  expect(await inClinic(talk.ctx, (tx) => lockLeased(tx, talk.ctx, claim.lease))).toBeNull();
});

test("half an hour of silence lets the slot go, says nothing, and the talk can go on", async () => {
  const talk = await playDialog({ people: ["Ann Lee"] });
  await talk.write("book a cleaning tomorrow at 10");
  expect(await talk.visits("held")).toHaveLength(1);
  expect((await talk.conversation())?.turnDueAt).not.toBeNull();
  talk.pass(31);
  await talk.dueIn(0);
  expect(unwrap(await talk.turn())).toEqual({ did: "lapsed" });
  expect(await talk.visits("held")).toEqual([]);
  expect((await talk.conversation())?.turnDueAt).toBeNull();
  expect(await talk.replies()).toHaveLength(1);
  expect(await talk.write("hi")).toContain("Shall we go on?");
  await talk.write("1");
  expect(await talk.write("yes")).toContain("You're booked");
});

test("the bot is silent while staff hold, and the message still has its one turn", async () => {
  const talk = await playDialog();
  await talk.set({ holder: "staff" });
  expect(await talk.write("hello?")).toBe("");
  expect(await talk.turns()).toMatchObject([{ outcome: "silent", silence: "staff_hold" }]);
});

test("staff who took over and wrote nothing for twelve hours have left the talk to the bot", async () => {
  const talk = await playDialog();
  await talk.set({ holder: "staff" });
  const row = { text: "Hello, this is Mia", direction: "outbound", senderType: "staff", status: "sent" } as const;
  await inClinic(talk.ctx, (tx) =>
    tx.insert(messages).values({
      ...row,
      clinicId: talk.ctx.clinic.id,
      conversationId: talk.conversationId,
      occurredAt: talk.ctx.now(),
    }),
  );
  expect(await talk.write("thanks")).toBe("");
  talk.pass(12 * 60);
  expect(await talk.write("can I book a cleaning?")).not.toBe("");
  expect(await talk.conversation()).toMatchObject({ holder: "bot" });
});

test("a turn that always breaks is given to staff after five tries, and the next message is answered", async () => {
  const talk = await playDialog();
  const broken = { ...talk.ctx, now: () => new Date(Number.NaN) }; // any clock that breaks stands for any bug
  await talk.receive("hello");
  for (let tries = 1; tries <= 5; tries++) {
    await talk.dueIn(0);
    const ctx = tries < 5 ? broken : { ...broken, now: brokenOnce(talk.ctx.now) };
    await takeTurn(ctx, talk.conversationId).catch(() => undefined);
  }
  expect(await talk.conversation()).toMatchObject({ status: "handoff", turnFailures: 0, turnDueAt: null });
  expect(await talk.turns()).toMatchObject([{ outcome: "handed_off", silence: "poison" }]);
  expect((await talk.tasks()).map(({ reason }) => reason)).toEqual(["handoff"]);
  expect(await talk.write("book a cleaning tomorrow at 10")).not.toBe("");
});

/** Breaks while the turn is decided, and works again for writing down that it failed. */
function brokenOnce(now: () => Date): () => Date {
  let calls = 0;
  return () => (calls++ === 0 ? new Date(Number.NaN) : now());
}

test("every turn tells what it did in words, in the reader's language, and is audited", async () => {
  const talk = await playDialog({ people: ["Ann Lee"] });
  await talk.write("book a cleaning tomorrow at 10");
  await talk.write("yes");
  const english = unwrap(await listTurns(talk.ctx, { id: talk.conversationId, limit: 10 }));
  expect(english.items.map(({ outcome }) => outcome)).toEqual(["replied", "replied"]);
  expect(english.items[1]?.lines.join("\n")).toMatchInlineSnapshot(`
    "Understood: to book (90% sure, English).
    “cleaning” is the service: Cleaning.
    “tomorrow at 10” is the time: Tuesday, March 3, at 10:00 AM.
    Looked for free times of Cleaning: 1 found.
    Kept Tuesday, March 3 at 10:00 AM.
    State: idle → booking.
    Waits for: yes or no to the booking."
  `);
  expect(english.items[0]?.lines.join("\n")).toMatchInlineSnapshot(`
    "Understood: yes (95% sure, English).
    Booked Tuesday, March 3 at 10:00 AM.
    State: booking → idle."
  `);
  expect(english.items[0]?.reply).toContain("You're booked");
  const arabic = unwrap(await listTurns({ ...talk.ctx, locale: "ar" }, { id: talk.conversationId, limit: 1 }));
  expect(arabic.items[0]?.lines.join("\n")).toContain("حُجز");
  expect(arabic.nextCursor).not.toBeNull();
  const older = unwrap(
    await listTurns(talk.ctx, { id: talk.conversationId, limit: 1, cursor: arabic.nextCursor ?? "" }),
  );
  expect(older.items[0]?.id).toBe(english.items[1]?.id);
  const rows = await inClinic(talk.ctx, (tx) =>
    tx.select().from(auditLog).where(eq(auditLog.targetId, talk.conversationId)),
  );
  expect(rows.filter(({ action }) => action === "dialog.turn")).toHaveLength(2);
});

test("another clinic's conversation has no turns to read", async () => {
  const [here, elsewhere] = [await playDialog(), await playDialog()];
  expect(await listTurns(here.ctx, { id: elsewhere.conversationId, limit: 10 })).toEqual({
    ok: false,
    error: "NOT_FOUND",
    details: { what: "conversation" },
  });
});
