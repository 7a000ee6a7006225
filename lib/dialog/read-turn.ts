import { and, asc, desc, eq, isNull, notInArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { conversations, messages } from "@/db/schema/messaging";
import type { ClinicContext } from "@/lib/core/context";
import type { Facts } from "./decide/facts";
import { gatherFactsIn, readClinicBookIn, DIALOG_CHANNEL, type ClinicBook } from "./gather-facts";
import { hear, tellerOf, type HearContext } from "./hear";
import { repeatsOf } from "./repeats";
import type { Understanding } from "./schema";
import { expectationOf, optionCountOf, readState, type DialogState } from "./state";
import { listUnsaidIn } from "./unsaid";

type Inbound = typeof messages.$inferSelect;

/** All that one turn is decided on, read in one snapshot. */
export interface TurnInput {
  readonly conversation: typeof conversations.$inferSelect;
  readonly channel: typeof channels.$inferSelect;
  readonly inbound: readonly Inbound[];
  /** What was heard: what came, after what only an unsent draft answers. */
  readonly words: readonly Inbound[];
  /** Which of them told a stop or a start, if one did. */
  readonly consentMessage: Inbound | undefined;
  readonly book: ClinicBook;
  readonly state: DialogState;
  readonly facts: Facts;
  readonly heard: Understanding;
}

/** More than this at once is a flood: the newest count, all are answered by the one turn. */
const MOST_TEXTS = 20;

/** The patient's messages that no turn has answered, in the order of the thread. */
export const listUnansweredIn = (tx: Tx, ctx: ClinicContext, conversationId: string): Promise<Inbound[]> =>
  tx
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.clinicId, ctx.clinic.id),
        eq(messages.conversationId, conversationId),
        eq(messages.direction, "inbound"),
        isNull(messages.turnId),
        notInArray(messages.kind, ["reaction", "system"]), // nobody waits behind these
      ),
    )
    .orderBy(asc(messages.occurredAt), asc(messages.id));

export async function readTurnIn(tx: Tx, ctx: ClinicContext, conversationId: string): Promise<TurnInput> {
  const [row] = await tx
    .select({ conversation: conversations, channel: channels })
    .from(conversations)
    .innerJoin(channels, and(eq(channels.clinicId, conversations.clinicId), eq(channels.id, conversations.channelId)))
    .where(and(eq(conversations.clinicId, ctx.clinic.id), eq(conversations.id, conversationId)));
  if (!row) throw new Error(`no conversation ${conversationId}`);
  const inbound = await listUnansweredIn(tx, ctx, conversationId);
  const last = await lastMessages(tx, ctx, conversationId, "outbound");
  const before = await lastMessages(tx, ctx, conversationId, "inbound");
  const staffWroteAt = row.conversation.holder === "staff" ? await lastByStaff(tx, ctx, conversationId) : undefined;
  const hasStaffLeft = staffWroteAt !== undefined && ctx.now().getTime() - staffWroteAt.getTime() >= STAFF_SILENT_MS;
  const book = await readClinicBookIn(tx, ctx);
  const state = readState(row.conversation.dialog);
  const { talkMinutes } = book.clinic;
  const words = inbound.length > 0 ? [...(await listUnsaidIn(tx, ctx, conversationId, talkMinutes)), ...inbound] : [];
  const facts = await gatherFactsIn(tx, ctx, book, row.conversation, row.channel, {
    carrierAnswered: carrierWord(inbound),
    hasStaffLeft,
    repeats: repeatsOf(
      before.map(({ text }) => text),
      last.map(({ text }) => text),
    ),
    isMediaOnly: inbound.length > 0 && inbound.every(isWordless),
    text: words.map(({ text }) => text).join("\n"),
    isPatientAsked: state.asked?.question === "whichPatient",
    hasBotWritten: last.some(({ senderType }) => senderType === "bot"),
  });
  const said = words.slice(-MOST_TEXTS).map((one) => ({ ...one, buttonPayload: tapOf(one, last[0]) }));
  const isOffered = facts.waitlistOffer?.isLast === true;
  const context: HearContext = {
    locale:
      state.chosenLanguage ??
      state.language ??
      row.conversation.language ??
      facts.patients[0]?.language ??
      facts.clinic.defaultLocale,
    timeZone: ctx.clinic.timeZone,
    services: book.namedServices,
    providers: book.namedProviders,
    channel: DIALOG_CHANNEL[row.channel.kind],
    offerCount: isOffered ? 2 : optionCountOf(state),
    isDelayAsked: state.asked?.question === "delay",
    ...(last[0] && { lastSystem: last[0].text }),
    ...(isOffered ? { expecting: "confirm" as const } : state.asked && { expecting: expectationOf(state) }),
  };
  const heard = hear(said, context);
  const flagged = inbound.findLast(({ vendorFlags }) => vendorFlags?.optOutType);
  const consentMessage = flagged ?? (heard.optOut === "none" ? inbound.at(-1) : tellerOf(said, context));
  return { ...row, inbound, words, consentMessage, book, state, facts, heard };
}

const LOOK_BACK = 6;

/** A picture, a place, a card, or something that can't be read. */
const isWordless = ({ text, media, kind }: Inbound) => text.trim() === "" && (media.length > 0 || kind !== "text");

/**
 * What the tapped button stands for. A digit counts for the last list alone: tapped on an older one, its words do, which
 * say the time or the name.
 */
function tapOf({ payload }: Inbound, last: { vendorId: string | null } | undefined): string | undefined {
  const { replyId, about } = payload ?? {};
  const isOld = about !== undefined && last?.vendorId != null && last.vendorId !== about;
  return isOld && replyId?.startsWith("choose:") ? undefined : replyId;
}

/** Staff who took over and write nothing for so long have left the talk to the bot again (dialog.md). */
const STAFF_SILENT_MS = 12 * 60 * 60_000;

async function lastByStaff(tx: Tx, ctx: ClinicContext, conversationId: string): Promise<Date | undefined> {
  const [last] = await tx
    .select({ at: messages.occurredAt })
    .from(messages)
    .where(
      and(
        eq(messages.clinicId, ctx.clinic.id),
        eq(messages.conversationId, conversationId),
        eq(messages.senderType, "staff"),
      ),
    )
    .orderBy(desc(messages.occurredAt))
    .limit(1);
  return last?.at;
}

const lastMessages = (tx: Tx, ctx: ClinicContext, conversationId: string, direction: "inbound" | "outbound") =>
  tx
    .select({ text: messages.text, senderType: messages.senderType, vendorId: messages.vendorId })
    .from(messages)
    .where(
      and(
        eq(messages.clinicId, ctx.clinic.id),
        eq(messages.conversationId, conversationId),
        eq(messages.direction, direction),
      ),
    )
    .orderBy(desc(messages.occurredAt), desc(messages.id))
    .limit(LOOK_BACK);

const WORDS = ["STOP", "START", "HELP"] as const;

/** The carrier's own handling of the newest word, as its webhook told it. */
function carrierWord(inbound: readonly Inbound[]): Facts["carrierAnswered"] {
  const said = inbound.findLast(({ vendorFlags }) => vendorFlags?.optOutType)?.vendorFlags?.optOutType?.toUpperCase();
  return WORDS.find((word) => word === said) ?? null;
}
