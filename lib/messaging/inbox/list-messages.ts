import { and, asc, desc, eq, inArray, isNull, sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { users } from "@/db/schema/identity";
import { media } from "@/db/schema/media";
import { conversations, messages, outbox, type MESSAGE_KINDS, type MessagePayload } from "@/db/schema/messaging";
import { patientContactPoints } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { readCursor, signCursor } from "@/lib/core/cursor";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { failureWords } from "@/lib/messaging/failure-words";
import type { CursorPage } from "./list-conversations";
import type { ListMessages } from "@/lib/messaging/schema";
import { readWaitsIn, type Waiting } from "@/lib/messaging/gate/waiting";

export interface MessageItem {
  id: string;
  conversationId: string;
  direction: "inbound" | "outbound";
  kind: (typeof MESSAGE_KINDS)[number];
  text: string;
  /** A place, contact cards, an emoji, choices offered, a template and its values. */
  payload: MessagePayload | null;
  status: string;
  at: Date;
  sender: { type: "patient" | "bot" | "staff" | "system"; name: string | null };
  media: MediaItem[];
  failure: { code: string; words: string } | null;
  suppressedReason: string | null;
  /** Why and until when it waits, where it is not on its way yet. */
  waiting: Waiting | null;
  turnId: string | null;
  /** The send that failed for good or may not have arrived; staff may send it again. */
  stuckOutboxId: string | null;
}

/** One attachment. `id` is null until it is fetched from the vendor; its bytes are at `…/media/{id}` once stored. */
export interface MediaItem {
  id: string | null;
  state: (typeof media.$inferSelect)["state"];
  contentType: string;
  byteLength: number | null;
  fileName: string | null;
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
    const last = rows.length > limit ? page.at(-1) : undefined;
    const items = await itemsOf(tx, ctx, page);
    return ok({ items, nextCursor: last ? signCursor(list, [last.place, last.message.id]) : null });
  });

/** One message as the inbox shows it. */
export async function readMessageIn(tx: Tx, ctx: ClinicContext, id: string): Promise<MessageItem | undefined> {
  const [row] = await selectMessages(tx).where(and(eq(messages.clinicId, ctx.clinic.id), eq(messages.id, id)));
  return row && (await itemsOf(tx, ctx, [row]))[0];
}

const selectMessages = (tx: Tx) =>
  tx
    .select({
      message: messages,
      name: users.name,
      outboxId: outbox.id,
      outboxState: outbox.state,
      // In the database's own words: a date of ours would lose its microseconds.
      place: sql<string>`${messages.occurredAt}::text`,
    })
    .from(messages)
    .leftJoin(users, eq(users.id, messages.senderUserId))
    .leftJoin(
      outbox,
      // What was sent again in another message is that one's matter.
      and(eq(outbox.clinicId, messages.clinicId), eq(outbox.messageId, messages.id), isNull(outbox.supersededAt)),
    );
type Row = Awaited<ReturnType<typeof selectMessages>>[number];

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
  return sql`(${messages.occurredAt}, ${messages.id}) < (${at}::timestamptz, ${id}::uuid)`;
}

async function itemsOf(tx: Tx, ctx: ClinicContext, rows: Row[]): Promise<MessageItem[]> {
  const withMedia = rows.filter(({ message }) => message.media.length > 0).map(({ message }) => message.id);
  const kept = withMedia.length > 0 ? await mediaOf(tx, ctx, withMedia) : [];
  const open = rows.filter(({ message }) => message.status === "queued" || message.status === "sending");
  const waits = await readWaitsIn(
    tx,
    ctx,
    open.map(({ message }) => message.id),
  );
  return rows.map((row) => ({ ...itemOf(ctx, row, kept), waiting: waits.get(row.message.id) ?? null }));
}

const mediaOf = (tx: Tx, ctx: ClinicContext, messageIds: string[]) =>
  tx
    .select()
    .from(media)
    .where(and(eq(media.clinicId, ctx.clinic.id), inArray(media.messageId, messageIds)))
    .orderBy(asc(media.position));

function itemOf(ctx: ClinicContext, row: Row, kept: (typeof media.$inferSelect)[]): Omit<MessageItem, "waiting"> {
  const { message, name, outboxId, outboxState } = row;
  const { id, conversationId, direction, kind, text, payload, status, occurredAt: at, senderType } = message;
  const code = message.statusReason ?? "unknown";
  const isStuck = outboxState === "dead" || outboxState === "unknown";
  return {
    ...{ id, conversationId, direction, kind, text, payload, status, at, turnId: message.turnId },
    sender: { type: senderType, name },
    media: message.media.map((told, position) => {
      const own = kept.find((one) => one.messageId === id && one.position === position);
      return {
        id: own?.id ?? null,
        state: own?.state ?? "pending",
        contentType: own?.contentType ?? told.contentType,
        byteLength: own?.byteLength ?? null,
        fileName: own?.fileName ?? told.fileName ?? null,
      };
    }),
    failure: status === "failed" ? { code, words: failureWords(code, ctx.locale) } : null,
    suppressedReason: status === "suppressed" ? code : null,
    stuckOutboxId: isStuck ? outboxId : null,
  };
}
