import { and, eq, gt, isNull, lt, lte, ne, or, sql, type SQL } from "drizzle-orm";
import { conversations } from "@/db/schema/messaging";
import type { ClinicContext } from "@/lib/core/context";
import type { ListConversations, View } from "@/lib/messaging/schema";

/** Someone asked for a person, urgently, and none has taken it. */
export const isUrgentThread = sql`(${conversations.status} = 'handoff' and ${conversations.isUrgent})`;

/** What a list's parameters ask for. A search looks through everything, unless a view is asked for beside it. */
export const whereOf = (ctx: ClinicContext, input: ListConversations): (SQL | undefined)[] => [
  sql`${conversations.lastMessageAt} is not null`,
  input.view ? ofView(ctx, input.view) : undefined,
  input.status ? eq(conversations.status, input.status) : undefined,
  input.holder ? eq(conversations.holder, input.holder) : undefined,
  input.assignee ? ofAssignee(ctx, input.assignee) : undefined,
];

function ofView(ctx: ClinicContext, view: View): SQL | undefined {
  if (view === "closed") return eq(conversations.status, "closed");
  if (view === "snoozed") return and(gt(conversations.snoozedUntil, ctx.now()), ne(conversations.status, "closed"));
  const isOpen = and(ne(conversations.status, "closed"), isAwake(ctx));
  if (view === "mine") return and(ofAssignee(ctx, "me"), isOpen);
  if (view === "unassigned") return and(ofAssignee(ctx, "none"), isOpen);
  if (view === "handoff") return and(eq(conversations.status, "handoff"), isAwake(ctx));
  if (view === "unread") return and(gt(conversations.unreadCount, sql`0`), isOpen);
  return isOpen;
}

const isAwake = (ctx: ClinicContext) =>
  or(isNull(conversations.snoozedUntil), lte(conversations.snoozedUntil, ctx.now()));

function ofAssignee(ctx: ClinicContext, assignee: string): SQL | undefined {
  if (assignee === "none") return isNull(conversations.assigneeId);
  if (assignee !== "me") return eq(conversations.assigneeId, assignee);
  return ctx.actor.type === "user" ? eq(conversations.assigneeId, ctx.actor.id) : sql`false`;
}

export function olderThan(at: string | undefined, id: string | undefined): SQL | undefined {
  if (!at || !id) return undefined;
  return lt(sql`(${conversations.lastMessageAt}, ${conversations.id})`, sql`(${at}::timestamptz, ${id}::uuid)`);
}
