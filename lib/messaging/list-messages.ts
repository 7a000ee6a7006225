import { and, desc, eq, inArray, lt, or, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { users } from "@/db/schema/identity";
import { conversations, messages } from "@/db/schema/messaging";
import { patientContactPoints } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { readCursor, signCursor } from "@/lib/core/cursor";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { failureWords } from "./failure-words";
import type { CursorPage } from "./list-conversations";
import type { ListMessages } from "./schema";

export interface MessageItem {
  id: string;
  conversationId: string;
  direction: "inbound" | "outbound";
  text: string;
  status: string;
  at: Date;
  sender: { type: "patient" | "bot" | "staff" | "system"; name: string | null };
  media: { contentType: string }[];
  failure: { code: string; words: string } | null;
  suppressedReason: string | null;
  turnId: string | null;
}

/** What was said in one conversation, or with one patient on all channels, newest first: each further page is older. */
export const listMessages = (ctx: ClinicContext, input: ListMessages): Promise<Result<CursorPage<MessageItem>>> =>
  query(ctx, async (tx) => {
    const { cursor, limit, conversationId = "" } = input;
    const patientId = input.patientId ?? input.contactId ?? "";
    const list = ["messages", ctx.clinic.id, conversationId, patientId].join(" ");
    const after = cursor ? readCursor(list, cursor) : [];
    if (!after) return err("VALIDATION_FAILED", [{ code: "custom", path: ["cursor"], message: "Not of this list." }]);
    const rows = await selectMessages(tx)
      .where(
        and(eq(messages.clinicId, ctx.clinic.id), ...threadsOf(tx, ctx, conversationId, patientId), olderThan(after)),
      )
      .orderBy(desc(messages.occurredAt), desc(messages.id))
      .limit(limit + 1);
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1)?.message : undefined;
    const items = page.map(({ message, name }) => itemOf(ctx, message, name));
    return ok({ items, nextCursor: last ? signCursor(list, [last.occurredAt.toISOString(), last.id]) : null });
  });

/** One message as the inbox shows it. */
export async function readMessageIn(tx: Tx, ctx: ClinicContext, id: string): Promise<MessageItem | undefined> {
  const [row] = await selectMessages(tx).where(and(eq(messages.clinicId, ctx.clinic.id), eq(messages.id, id)));
  return row && itemOf(ctx, row.message, row.name);
}

const selectMessages = (tx: Tx) =>
  tx
    .select({ message: messages, name: users.name })
    .from(messages)
    .leftJoin(users, eq(users.id, messages.senderUserId));

function threadsOf(tx: Tx, ctx: ClinicContext, conversationId: string, patientId: string): (SQL | undefined)[] {
  const theirs = tx
    .select({ id: conversations.id })
    .from(conversations)
    .innerJoin(
      patientContactPoints,
      and(
        eq(patientContactPoints.clinicId, conversations.clinicId),
        eq(patientContactPoints.contactPointId, conversations.contactPointId),
      ),
    )
    .where(and(eq(conversations.clinicId, ctx.clinic.id), eq(patientContactPoints.patientId, patientId)));
  return [
    conversationId ? eq(messages.conversationId, conversationId) : undefined,
    patientId ? inArray(messages.conversationId, theirs) : undefined,
  ];
}

function olderThan([at, id]: string[]): SQL | undefined {
  if (!at || !id) return undefined;
  const when = new Date(at);
  return or(lt(messages.occurredAt, when), and(eq(messages.occurredAt, when), lt(messages.id, id)));
}

function itemOf(ctx: ClinicContext, message: typeof messages.$inferSelect, name: string | null): MessageItem {
  const { id, conversationId, direction, text, status, occurredAt: at, senderType, statusReason, turnId } = message;
  const code = statusReason ?? "unknown";
  return {
    ...{ id, conversationId, direction, text, status, at, turnId },
    sender: { type: senderType, name },
    media: message.media.map(({ contentType }) => ({ contentType })),
    failure: status === "failed" ? { code, words: failureWords(code, ctx.locale) } : null,
    suppressedReason: status === "suppressed" ? code : null,
  };
}
