import { and, desc, eq, inArray, sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { conversations } from "@/db/schema/messaging";
import type { ClinicContext } from "@/lib/core/context";
import { readCursor, signCursor } from "@/lib/core/cursor";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { isUrgentThread, olderThan, whereOf } from "./filters";
import { groupOf, readConversationsIn, type ConversationItem } from "./read-conversations";
import type { ListConversations } from "@/lib/messaging/schema";
import { searchTermsOf } from "./search-terms";

export interface CursorPage<T> {
  items: T[];
  nextCursor: string | null;
}

/** Threads that a search looks through further, the newest of those found. */
const MOST_FOUND = 500;

/**
 * The clinic's threads: who waits urgently first, then the newest message first. VALIDATION_FAILED for a cursor of
 * another list.
 */
export const listConversations = (
  ctx: ClinicContext,
  input: ListConversations,
): Promise<Result<CursorPage<ConversationItem>>> =>
  query(ctx, async (tx) => {
    const { cursor, limit, view = "", channel = "", status = "", holder = "", assignee = "", q = "" } = input;
    const list = ["conversations", ctx.clinic.id, view, channel, status, holder, assignee, q].join(" ");
    const after = cursor ? readCursor(list, cursor) : [];
    if (!after) return err("VALIDATION_FAILED", [{ code: "custom", path: ["cursor"], message: "Not of this list." }]);
    const rows = await readPlaces(tx, ctx, input, after);
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    const ids = page.map((row) => row.id);
    return ok({
      items: await readConversationsIn(tx, ctx, ids),
      nextCursor: last ? signCursor(list, [last.rank, last.at, last.id]) : null,
    });
  });

type Rank = "urgent" | "rest";
interface Place {
  rank: Rank;
  id: string;
  /** In the database's own words: a date of ours would lose its microseconds. */
  at: string;
}

/** One more than a page of places. The urgent few and the rest are read by an index each: no sort over all threads. */
async function readPlaces(tx: Tx, ctx: ClinicContext, input: ListConversations, after: string[]): Promise<Place[]> {
  const [from = "urgent", at, id] = after;
  const found = input.q ? await searchIn(tx, input.q) : undefined;
  if (found?.length === 0) return [];
  const channelIds = input.channel ? await channelsOf(tx, ctx, input.channel) : undefined;
  const more = [found && inArray(conversations.id, found), channelIds && inArray(conversations.channelId, channelIds)];
  const read = async (rank: Rank, most: number): Promise<Place[]> => {
    const place = rank === from ? olderThan(at, id) : undefined;
    const rows = await placesIn(tx, ctx, input, rank, [...more, place], most);
    return rows.map((row) => ({ ...row, rank }));
  };
  const urgent = from === "urgent" ? await read("urgent", input.limit + 1) : [];
  const left = input.limit + 1 - urgent.length;
  return left > 0 ? [...urgent, ...(await read("rest", left))] : urgent;
}

/** The question behind a page of one rank; a test looks at its plans. */
export const placesIn = (
  tx: Tx,
  ctx: ClinicContext,
  input: ListConversations,
  rank: Rank,
  more: (SQL | undefined)[],
  most: number,
) =>
  tx
    .select({ id: conversations.id, at: sql<string>`${conversations.lastMessageAt}::text` })
    .from(conversations)
    .where(
      and(
        eq(conversations.clinicId, ctx.clinic.id),
        rank === "urgent" ? isUrgentThread : sql`not (${isUrgentThread})`,
        ...whereOf(ctx, input),
        ...more,
      ),
    )
    .orderBy(desc(conversations.lastMessageAt), desc(conversations.id))
    .limit(most);

/** The newest threads with these words in a name, a number, an address or a message. */
async function searchIn(tx: Tx, q: string): Promise<string[]> {
  const { words, query: said } = searchTermsOf(q);
  if (!words) return [];
  const found = await tx.execute<{ id: string }>(
    sql`select id from search_conversations(${words}, ${said}, ${MOST_FOUND}) as id`,
  );
  return found.rows.map((row) => row.id);
}

async function channelsOf(tx: Tx, ctx: ClinicContext, group: string): Promise<string[]> {
  const rows = await tx
    .select({ id: channels.id, kind: channels.kind })
    .from(channels)
    .where(eq(channels.clinicId, ctx.clinic.id));
  return rows.filter(({ kind }) => groupOf(kind) === group).map(({ id }) => id);
}
