import type { InfiniteData } from "@tanstack/react-query";
import type { Conversation, ConversationPage, Filters } from "./queries";

/** The list's order: who waits urgently first, then the newest message first. Negative when `a` stands above `b`. */
export function compareThreads(a: Conversation, b: Conversation): number {
  const byUrgency = Number(isUrgent(b)) - Number(isUrgent(a));
  if (byUrgency !== 0) return byUrgency;
  return timeOf(b) - timeOf(a) || (a.id < b.id ? 1 : -1);
}

const isUrgent = ({ status, is_urgent }: Conversation) => status === "handoff" && is_urgent;
const timeOf = ({ last_message }: Conversation) => (last_message ? Date.parse(last_message.at) : 0);

/** Whether a thread still belongs in a list; what a search found stays found. */
export function belongsIn(
  { view, assignee, q }: Filters,
  thread: Conversation,
  me: string,
  now: Date = new Date(),
): boolean {
  const who = thread.assignee?.id ?? "none";
  if (assignee && who !== assignee) return false;
  if (q && view === "open") return true;
  const isClosed = thread.status === "closed";
  if (view === "closed") return isClosed;
  const isAsleep = thread.snoozed_until !== null && Date.parse(thread.snoozed_until) > now.getTime();
  if (isClosed || isAsleep !== (view === "snoozed")) return false;
  if (view === "mine") return who === me;
  if (view === "unassigned") return who === "none";
  if (view === "handoff") return thread.status === "handoff";
  return view !== "unread" || thread.unread > 0;
}

type Pages = InfiniteData<ConversationPage, string>;

/**
 * A list whose first page was read anew: threads that moved up are there once, those that fell off the first page are
 * kept, and those that left the list are gone, without asking for every page again. `changed` are threads further down
 * that were read one by one.
 */
export function mergeNewest(
  pages: Pages,
  fresh: ConversationPage,
  changed: Conversation[],
  belongs: (thread: Conversation) => boolean,
): Pages {
  const [first, ...rest] = pages.pages;
  if (!first || rest.length === 0) return { pages: [fresh], pageParams: pages.pageParams.slice(0, 1) };
  const freshIds = new Set(fresh.items.map(({ id }) => id));
  const last = fresh.items.at(-1);
  const news = new Map(changed.map((one) => [one.id, one]));
  const stays = (thread: Conversation) => !freshIds.has(thread.id) && belongs(thread);
  const now = (items: Conversation[]) => items.map((one) => news.get(one.id) ?? one).filter(stays);
  // Above the end of what was read anew, what isn't in it has left the list.
  const fallen = now(first.items).filter((one) => last && compareThreads(last, one) < 0);
  return {
    pages: [
      { items: [...fresh.items, ...fallen], next_cursor: first.next_cursor },
      ...rest.map((page) => ({ ...page, items: now(page.items) })),
    ],
    pageParams: pages.pageParams,
  };
}
