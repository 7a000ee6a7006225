import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { conversations, messages, type MESSAGE_KINDS } from "@/db/schema/messaging";
import { replyDrafts } from "@/db/schema/front-desk";
import { users } from "@/db/schema/identity";
import { contactPoints, patientContactPoints, patients } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { may } from "@/lib/identity/permissions";
import { maskPhone } from "@/lib/patients/phone";
import { CONSENT_CHANNEL_OF, type ChannelKind } from "@/lib/messaging/channels/kinds";
import type { ChannelGroup } from "@/lib/messaging/schema";

export interface ConversationItem {
  id: string;
  channel: { kind: string; address: string; botMode: (typeof channels.$inferSelect)["botMode"] };
  /** `value` is null for whoever needs a reason to see a number whole. */
  contact: { id: string; value: string | null; masked: string };
  patients: { id: string; name: string }[];
  holder: "bot" | "staff";
  status: "open" | "waiting" | "handoff" | "closed";
  assignee: { id: string; name: string | null } | null;
  isUrgent: boolean;
  dialogState: string | null;
  contextSummary: string | null;
  lastMessage: {
    text: string;
    kind: (typeof MESSAGE_KINDS)[number];
    at: Date;
    direction: "inbound" | "outbound";
    status: string;
  } | null;
  unread: number;
  language: string | null;
  lastInboundAt: Date | null;
  snoozedUntil: Date | null;
  /** Until when free text may be sent, on channels that limit it; null on the others. `closesAt` null: never open yet. */
  window: { closesAt: Date | null } | null;
  /** The answer that the bot would give, for staff to send, correct or discard. */
  draft: { id: string | null; text: string; at: Date } | null;
  /** Whom the talk is about, where several people share the contact point. */
  aboutId: string | null;
}

const WINDOW_MS = 24 * 3_600_000;

/** WhatsApp takes free text only within 24 hours of the patient's last message (domain.md). */
export const windowOf = (kind: ChannelKind, lastInboundAt: Date | null): ConversationItem["window"] =>
  CONSENT_CHANNEL_OF[kind] === "whatsapp"
    ? { closesAt: lastInboundAt && new Date(lastInboundAt.getTime() + WINDOW_MS) }
    : null;

export const groupOf = (kind: ChannelKind): ChannelGroup =>
  kind === "simulator" ? "simulator" : CONSENT_CHANNEL_OF[kind];

/** What the dialog is doing, as it calls it; the rest of its memory is its own. */
const Flow = z.object({ flow: z.string() });

/** The conversations of these ids as the inbox shows them, in the order of the ids. */
export async function readConversationsIn(tx: Tx, ctx: ClinicContext, ids: string[]): Promise<ConversationItem[]> {
  if (ids.length === 0) return [];
  const rows = await selectThreads(tx, ctx, ids);
  const pointIds = rows.map((row) => row.thread.contactPointId);
  const people = await peopleAt(tx, ctx, pointIds);
  const items = rows.map((row) => itemOf(ctx, row, people.get(row.thread.contactPointId) ?? []));
  const byId = new Map(items.map((item) => [item.id, item]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

type Row = Awaited<ReturnType<typeof selectThreads>>[number];

function itemOf(ctx: ClinicContext, row: Row, people: ConversationItem["patients"]): ConversationItem {
  const { thread, channel, value, text, kind, at, direction, status: sendStatus, draftText, draftAt } = row;
  const { id, holder, status, isUrgent, unreadCount: unread, language, lastInboundAt, snoozedUntil } = thread;
  const hasLast = text !== null && kind !== null && at !== null && direction !== null && sendStatus !== null;
  return {
    ...{ id, holder, status, isUrgent, unread, language, lastInboundAt, snoozedUntil },
    channel: { kind: channel.kind, address: channel.displayAddress ?? channel.address, botMode: channel.botMode },
    contact: { id: thread.contactPointId, value: maySeeNumbers(ctx) ? value : null, masked: maskPhone(value) },
    patients: people,
    assignee: thread.assigneeId ? { id: thread.assigneeId, name: row.assigneeName } : null,
    dialogState: Flow.safeParse(thread.dialog).data?.flow ?? null,
    contextSummary: thread.summary,
    lastMessage: hasLast ? { text, kind, at, direction, status: sendStatus } : null,
    window: windowOf(channel.kind, lastInboundAt),
    draft: draftText !== null && draftAt !== null ? { id: row.draftId, text: draftText, at: draftAt } : null,
    aboutId: people.length > 1 && people.some((one) => one.id === thread.patientId) ? thread.patientId : null,
  };
}

function selectThreads(tx: Tx, ctx: ClinicContext, ids: string[]) {
  const last = lastMessageOf(tx);
  const { text, kind, at, direction, status } = last;
  return tx
    .select({
      ...{ thread: conversations, channel: channels, value: contactPoints.value, text, kind, at, direction, status },
      ...{ assigneeName: users.name, draftId: replyDrafts.turnId, draftText: replyDrafts.text },
      draftAt: replyDrafts.createdAt,
    })
    .from(conversations)
    .innerJoin(channels, and(eq(channels.clinicId, conversations.clinicId), eq(channels.id, conversations.channelId)))
    .innerJoin(
      contactPoints,
      and(eq(contactPoints.clinicId, conversations.clinicId), eq(contactPoints.id, conversations.contactPointId)),
    )
    .leftJoin(users, eq(users.id, conversations.assigneeId))
    .leftJoin(
      replyDrafts,
      and(eq(replyDrafts.clinicId, conversations.clinicId), eq(replyDrafts.conversationId, conversations.id)),
    )
    .leftJoinLateral(last, sql`true`)
    .where(and(eq(conversations.clinicId, ctx.clinic.id), inArray(conversations.id, ids)));
}

const maySeeNumbers = ({ role }: ClinicContext): boolean =>
  role === "SYSTEM" || (role !== "PATIENT" && may(role, "phone.reveal"));

const lastMessageOf = (tx: Tx) =>
  tx
    .select({
      text: messages.text,
      kind: messages.kind,
      at: messages.occurredAt,
      direction: messages.direction,
      status: messages.status,
    })
    .from(messages)
    .where(and(eq(messages.clinicId, conversations.clinicId), eq(messages.conversationId, conversations.id)))
    .orderBy(desc(messages.occurredAt), desc(messages.id))
    .limit(1)
    .as("last");

/** Who is behind each of these contact points. */
async function peopleAt(tx: Tx, ctx: ClinicContext, ids: string[]): Promise<Map<string, ConversationItem["patients"]>> {
  const rows = await tx
    .select({ contactPointId: patientContactPoints.contactPointId, id: patients.id, name: patients.name })
    .from(patientContactPoints)
    .innerJoin(
      patients,
      and(
        eq(patients.clinicId, patientContactPoints.clinicId),
        eq(patients.id, patientContactPoints.patientId),
        isNull(patients.mergedIntoId),
      ),
    )
    .where(and(eq(patientContactPoints.clinicId, ctx.clinic.id), inArray(patientContactPoints.contactPointId, ids)))
    .orderBy(asc(patients.id));
  const people = new Map<string, ConversationItem["patients"]>();
  for (const { contactPointId, id, name } of rows)
    people.set(contactPointId, [...(people.get(contactPointId) ?? []), { id, name }]);
  return people;
}
