import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/ids";
import { turns } from "@/db/schema/dialog";
import { messages } from "@/db/schema/messaging";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import { channelOf } from "@/lib/messaging/channels/registry";
import { dropDraftIn, saveDraftIn } from "@/lib/messaging/inbox/drafts";
import { sendIn } from "@/lib/messaging/send";
import { markIntroducedIn } from "@/lib/patients/contact-point";
import { announce } from "@/lib/realtime/announce";
import { answererIn } from "./answer";
import { claimTurn, lockLeased, settleLease, type Lease } from "./claim-turn";
import { decide, lapse, type Decided } from "./decide/decide";
import { isDrafted, isDrafting } from "./decide/drafting";
import { isEffect } from "./decide/facts";
import { introduced } from "./introduce";
import { recordFailure } from "./record-failure";
import { listUnansweredIn, readTurnIn, type TurnInput } from "./read-turn";
import { runDecision, type Exchange } from "./run-decision";
import { choicesOf } from "./say/choices";
import { renderReply, type Reply } from "./say/say";
import { summaryOf } from "./say/summary";

export type TurnTaken =
  | { readonly did: "replied" | "drafted" | "silent" | "handed_off" | "lapsed" | "nothing" | "failed" }
  /** Not due yet: patients write in several messages. */
  | { readonly did: "wait"; readonly waitMs: number };

/** Messages that arrive while a turn is decided join it this often; then they are the next turn. */
const MOST_JOINS = 3;

/**
 * Takes a conversation's due turn: everything the patient wrote since the last one is understood together, decided,
 * done and answered in one transaction, exactly once (I2). Safe to call at any time and from several workers: one has
 * the lease, and whoever has lost theirs writes nothing. After five failures staff take over.
 */
export async function takeTurn(ctx: ClinicContext, conversationId: string): Promise<Result<TurnTaken>> {
  const startedAt = performance.now();
  const claim = await claimTurn(ctx, conversationId);
  if (claim.found === "wait") return ok({ did: "wait", waitMs: claim.ms });
  if (claim.found === "nothing") return ok({ did: "nothing" });
  // crashpoint("K4")
  try {
    for (let joins = 0; ; joins++) {
      const input = await query(ctx, (tx) => readTurnIn(tx, ctx, conversationId));
      const taken = await commitTurn(ctx, claim.lease, input, startedAt, joins < MOST_JOINS);
      if (!taken.ok && taken.error === "CONFLICT") continue;
      // crashpoint("K7")
      return taken;
    }
  } catch (error) {
    return recordFailure(ctx, claim.lease, error);
  }
}

/** CONFLICT: more has arrived since `input` was read, and joins. */
const commitTurn = (
  ctx: ClinicContext,
  lease: Lease,
  input: TurnInput,
  startedAt: number,
  mayJoin: boolean,
): Promise<Result<TurnTaken>> =>
  transact(ctx, {}, async (tx) => {
    const locked = await lockLeased(tx, ctx, lease);
    if (!locked) return ok({ did: "nothing" });
    const now = await listUnansweredIn(tx, ctx, lease.conversationId);
    if (mayJoin && (now.length !== input.inbound.length || hasMoved(locked, input.conversation)))
      return err("CONFLICT");
    // crashpoint("K5")
    const { conversation, channel, state, heard, facts, inbound, words, consentMessage } = input;
    const scene = {
      ...{ conversationId: conversation.id, contactPointId: conversation.contactPointId, channelKind: channel.kind },
      ...{ text: words.map(({ text }) => text).join("\n"), at: inbound.at(-1)?.occurredAt ?? ctx.now() },
      ...{ facts, consentMessage },
    };
    const deciding = inbound.length > 0 ? decide(state, heard, facts) : lapse(state, facts);
    const { result, exchanges } = await runDecision(deciding, answererIn(tx, ctx, scene));
    const taken = await writeTurn(tx, ctx, lease, input, result, exchanges, startedAt);
    // crashpoint("K6")
    return ok(taken);
  });

type Thread = TurnInput["conversation"];

/** Staff have taken the thread, or answered in it, since it was read. */
const hasMoved = (now: Thread, then: Thread): boolean =>
  now.holder !== then.holder || JSON.stringify(now.dialog) !== JSON.stringify(then.dialog);

async function writeTurn(
  tx: Tx,
  ctx: ClinicContext,
  lease: Lease,
  input: TurnInput,
  decided: Decided,
  exchanges: Exchange[],
  startedAt: number,
): Promise<TurnTaken> {
  const { conversation, inbound, state } = input;
  const isLapse = inbound.length === 0;
  const hasChanged = state !== decided.state;
  if (isLapse && !hasChanged) {
    await settleLease(tx, ctx, lease, { turnDueAt: nextDue(decided, true) });
    return { did: "nothing" };
  }
  const turnId = newId();
  const reply = renderTurn(input, decided);
  const isDraft = reply !== null && isDrafted(decided.decision, input.facts);
  const replyId = reply && !isDraft ? await send(tx, ctx, turnId, input, decided, reply) : null;
  const outcome = isDraft ? "drafted" : decided.decision.handOff ? "handed_off" : reply ? "replied" : "silent";
  const effects = exchanges.filter(({ kind }) => isEffect(kind)).map((exchange) => ({ ...exchange }));
  await tx.insert(turns).values({
    ...{ id: turnId, clinicId: ctx.clinic.id, conversationId: conversation.id, at: ctx.now(), outcome, effects },
    silence: decided.decision.silence,
    stateBefore: { ...state },
    stateAfter: { ...decided.state },
    understanding: { ...input.heard },
    decision: {
      ...decided.decision,
      language: decided.language,
      exchanges,
      facts: input.facts,
      unaccounted: reply?.unaccounted ?? [],
      ...(isDraft && { draft: reply.text }),
    },
    replyMessageId: replyId,
    latencyMs: Math.round(performance.now() - startedAt),
  });
  await markAnswered(tx, ctx, turnId, input);
  if (isDraft) await saveDraftIn(tx, ctx, conversation.id, { turnId, text: reply.text });
  else if (outdatesDraft(input, decided)) await dropDraftIn(tx, ctx, conversation.id);
  await settleLease(tx, ctx, lease, isDraft ? changesByDraft(input, decided) : changesOf(input, decided, reply));
  await audit(tx, ctx, { action: "dialog.turn", targetType: "conversation", targetId: conversation.id });
  await announce(tx, ctx, "conversation", conversation.id);
  return { did: isLapse ? "lapsed" : outcome };
}

function renderTurn(input: TurnInput, { decision, language }: Decided): Reply | null {
  if (decision.silence !== null || decision.say.length === 0) return null;
  // Staff who send a draft speak for themselves; the bot introduces itself when it does.
  const items = isDrafted(decision, input.facts) ? decision.say : introduced(decision, input.facts);
  return renderReply(items, input.facts, language);
}

/** What an unsent draft answers has been overtaken by what came; a word for help asks nothing of the talk. */
const outdatesDraft = ({ inbound }: TurnInput, { decision }: Decided): boolean =>
  inbound.length > 0 && (decision.sendClass !== "service" || decision.handOff !== null);

async function send(
  tx: Tx,
  ctx: ClinicContext,
  turnId: string,
  { conversation, channel, facts }: TurnInput,
  { decision, state, language }: Decided,
  { text }: Reply,
): Promise<string> {
  if (introduced(decision, facts) !== decision.say && channel.kind === "twilio_sms")
    await markIntroducedIn(tx, ctx, conversation.contactPointId);
  const hasRoom = channelOf(channel.kind).capabilities.maxListRows > 0;
  const payload = hasRoom ? choicesOf(text, state, facts, language) : undefined;
  return sendIn(tx, ctx, {
    ...{ conversationId: conversation.id, text, sendClass: decision.sendClass, turnId },
    ...(payload && { payload }),
    dedupeKey: `turn:${turnId}`,
    senderType: "bot",
  });
}

async function markAnswered(tx: Tx, ctx: ClinicContext, turnId: string, { inbound }: TurnInput): Promise<void> {
  if (inbound.length === 0) return;
  const ids = inbound.map(({ id }) => id);
  await tx
    .update(messages)
    .set({ turnId })
    .where(and(eq(messages.clinicId, ctx.clinic.id), inArray(messages.id, ids)));
}

/** In the middle of something the next turn is due when the patient's silence has lasted too long. */
const nextDue = ({ state }: Pick<Decided, "state">, isEarly: boolean, minutes = 1) =>
  state.flow === "idle" ? null : sql`now() + ${isEarly ? 1 : minutes}::int * interval '1 minute'`;

/** A draft says nothing yet: the talk stands where it stood until staff send it (lib/messaging/drafts). */
function changesByDraft(input: TurnInput, { decision, state, language }: Decided) {
  const { facts, conversation } = input;
  const isHandedOff = decision.handOff !== null || conversation.status === "handoff";
  return {
    ...{ language, patientId: state.known.patientId, turnFailures: 0 },
    turnDueAt: nextDue(input, false, facts.clinic.talkMinutes),
    status: isHandedOff ? ("handoff" as const) : ("open" as const),
    ...staffMatters(input, decision),
  };
}

/** What a hand-off and the end of one leave on the thread. */
const staffMatters = ({ conversation, facts, state }: TurnInput, { handOff, say }: Decided["decision"]) => ({
  ...(conversation.holder === "staff" && !facts.isHeldByStaff && { holder: "bot" as const, assigneeId: null }),
  ...(handOff?.isUrgent && { isUrgent: true }),
  ...(handOff && { summary: summaryOf(state, say, facts) }),
});

function changesOf(input: TurnInput, decided: Decided, reply: Reply | null) {
  const { conversation, facts } = input;
  const { state, decision, language } = decided;
  const isWaiting = reply !== null && state.asked !== null && state.flow !== "idle";
  const isHandedOff = decision.handOff !== null || conversation.status === "handoff";
  const status = isHandedOff ? ("handoff" as const) : isWaiting ? ("waiting" as const) : ("open" as const);
  return {
    dialog: { ...state, ...(reply && { lastReply: renderReply(decision.say, facts, language).text }) },
    turnDueAt: nextDue(decided, false, facts.clinic.talkMinutes),
    ...{ turnFailures: 0, patientId: state.known.patientId },
    // A silent turn leaves the thread to whoever has it.
    ...(reply && { language }),
    ...((reply ?? decision.handOff) && { status }),
    // What the bot has answered waits for nobody's eyes; what it hands over, or only drafts on, does.
    ...(reply && !isHandedOff && !isDrafting(input) && { unreadCount: 0 }),
    ...staffMatters(input, decision),
  };
}
