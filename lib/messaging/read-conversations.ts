import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { conversations, messages } from "@/db/schema/messaging";
import { contactPoints, patientContactPoints, patients } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { may } from "@/lib/identity/permissions";
import { maskPhone } from "@/lib/patients/phone";

export interface ConversationItem {
  id: string;
  channel: { kind: string; address: string };
  /** `value` is null for whoever needs a reason to see a number whole. */
  contact: { value: string | null; masked: string };
  patients: { id: string; name: string }[];
  holder: "bot" | "staff";
  status: "open" | "waiting" | "handoff" | "closed";
  assigneeId: string | null;
  isUrgent: boolean;
  dialogState: string | null;
  contextSummary: string | null;
  lastMessage: { text: string; at: Date; direction: "inbound" | "outbound" } | null;
  unread: number;
  language: string | null;
  lastInboundAt: Date | null;
}

/** What the dialog is doing, as it calls it; the rest of its memory is its own. */
const Flow = z.object({ flow: z.string() });

/** The conversations of these ids as the inbox shows them, in the order of the ids. */
export async function readConversationsIn(tx: Tx, ctx: ClinicContext, ids: string[]): Promise<ConversationItem[]> {
  if (ids.length === 0) return [];
  const last = lastMessageOf(tx);
  const rows = await tx
    .select({
      thread: conversations,
      channel: channels,
      value: contactPoints.value,
      text: last.text,
      at: last.at,
      direction: last.direction,
    })
    .from(conversations)
    .innerJoin(channels, and(eq(channels.clinicId, conversations.clinicId), eq(channels.id, conversations.channelId)))
    .innerJoin(
      contactPoints,
      and(eq(contactPoints.clinicId, conversations.clinicId), eq(contactPoints.id, conversations.contactPointId)),
    )
    .leftJoinLateral(last, sql`true`)
    .where(and(eq(conversations.clinicId, ctx.clinic.id), inArray(conversations.id, ids)));
  const people = await peopleAt(
    tx,
    ctx,
    rows.map((row) => row.thread.contactPointId),
  );
  const items = rows.map(({ thread, channel, value, text, at, direction }): ConversationItem => {
    const lastMessage = text === null || at === null || direction === null ? null : { text, at, direction };
    const { id, holder, status, assigneeId, isUrgent, unreadCount: unread, language, lastInboundAt } = thread;
    return {
      ...{ id, holder, status, assigneeId, isUrgent, unread, language, lastInboundAt, lastMessage },
      channel: { kind: channel.kind, address: channel.address },
      contact: { value: maySeeNumbers(ctx) ? value : null, masked: maskPhone(value) },
      patients: people
        .filter((one) => one.contactPointId === thread.contactPointId)
        .map(({ id, name }) => ({ id, name })),
      dialogState: Flow.safeParse(thread.dialog).data?.flow ?? null,
      contextSummary: thread.summary,
    };
  });
  const byId = new Map(items.map((item) => [item.id, item]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

const maySeeNumbers = ({ role }: ClinicContext): boolean =>
  role === "SYSTEM" || (role !== "PATIENT" && may(role, "phone.reveal"));

const lastMessageOf = (tx: Tx) =>
  tx
    .select({ text: messages.text, at: messages.occurredAt, direction: messages.direction })
    .from(messages)
    .where(and(eq(messages.clinicId, conversations.clinicId), eq(messages.conversationId, conversations.id)))
    .orderBy(desc(messages.occurredAt), desc(messages.id))
    .limit(1)
    .as("last");

const peopleAt = (tx: Tx, ctx: ClinicContext, contactPointIds: string[]) =>
  tx
    .select({ contactPointId: patientContactPoints.contactPointId, id: patients.id, name: patients.name })
    .from(patientContactPoints)
    .innerJoin(
      patients,
      and(eq(patients.clinicId, patientContactPoints.clinicId), eq(patients.id, patientContactPoints.patientId)),
    )
    .where(
      and(
        eq(patientContactPoints.clinicId, ctx.clinic.id),
        inArray(patientContactPoints.contactPointId, contactPointIds),
      ),
    )
    .orderBy(asc(patients.id));
