import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { z } from "zod";
import { api, cursorPageOf } from "@/lib/http/client";
import { CONVERSATION_STATUSES } from "@/lib/messaging/schema";

const Conversation = z.object({
  id: z.string(),
  channel: z.object({ kind: z.string(), address: z.string() }),
  contact: z.object({ value: z.string().nullish(), masked: z.string() }),
  patients: z.array(z.object({ id: z.string(), name: z.string() })),
  holder: z.enum(["bot", "staff"]),
  status: z.enum(CONVERSATION_STATUSES),
  is_urgent: z.boolean(),
  dialog_state: z.string().nullish(),
  last_message: z.object({ text: z.string(), at: z.string(), direction: z.string() }).nullish(),
  unread: z.number(),
  language: z.string().nullish(),
  context_summary: z.string().nullish(),
});
export type Conversation = z.infer<typeof Conversation>;

const Message = z.object({
  id: z.string(),
  direction: z.enum(["inbound", "outbound"]),
  text: z.string(),
  status: z.string(),
  at: z.string(),
  sender: z.object({ type: z.enum(["patient", "bot", "staff", "system"]), name: z.string().nullish() }),
  media: z.array(z.object({ content_type: z.string().optional() })).default([]),
  failure: z.object({ code: z.union([z.string(), z.number()]), words: z.string() }).nullish(),
  suppressed_reason: z.string().nullish(),
  turn_id: z.string().nullish(),
});
export type Message = z.infer<typeof Message>;

const Turn = z.object({
  id: z.string(),
  at: z.string(),
  lines: z.array(z.string()),
  understanding: z.unknown(),
  decision: z.unknown(),
  effects: z.unknown(),
  reply: z.unknown(),
  latency_ms: z.number().nullish(),
});
export type Turn = z.infer<typeof Turn>;

export const FILTERS = ["all", "handoff", "waiting", "closed"] as const;
export type Filter = (typeof FILTERS)[number];

const at = (slug: string) => `/api/clinic/${slug}`;

export const conversationKeys = {
  all: (slug: string) => ["clinic", slug, "conversations"] as const,
  list: (slug: string, filter: Filter, q: string) => [...conversationKeys.all(slug), "list", filter, q] as const,
  one: (slug: string, id: string) => [...conversationKeys.all(slug), "one", id] as const,
  messages: (slug: string, id: string) => ["clinic", slug, "messages", id] as const,
  turns: (slug: string, id: string) => ["clinic", slug, "turns", id] as const,
};

export const conversationsQuery = (slug: string, filter: Filter, q: string) =>
  infiniteQueryOptions({
    queryKey: conversationKeys.list(slug, filter, q),
    queryFn: ({ signal, pageParam }) => {
      const query = new URLSearchParams();
      if (filter !== "all") query.set("status", filter);
      if (q) query.set("q", q);
      if (pageParam) query.set("cursor", pageParam);
      return api(cursorPageOf(Conversation), `${at(slug)}/conversations?${query}`, { signal });
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const conversationQuery = (slug: string, id: string) =>
  queryOptions({
    queryKey: conversationKeys.one(slug, id),
    queryFn: ({ signal }) => api(Conversation, `${at(slug)}/conversations/${id}`, { signal }),
  });

/** The newest page first; each further page is older. `select` puts them in the order of reading. */
export const messagesQuery = (slug: string, id: string) =>
  infiniteQueryOptions({
    queryKey: conversationKeys.messages(slug, id),
    queryFn: ({ signal, pageParam }) => {
      const query = new URLSearchParams({ conversation_id: id });
      if (pageParam) query.set("cursor", pageParam);
      return api(cursorPageOf(Message), `${at(slug)}/messages?${query}`, { signal });
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    select: ({ pages }) =>
      pages.flatMap((page) => page.items).sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1)),
  });

export const turnsQuery = (slug: string, id: string) =>
  queryOptions({
    queryKey: conversationKeys.turns(slug, id),
    queryFn: ({ signal }) => api(cursorPageOf(Turn), `${at(slug)}/conversations/${id}/turns`, { signal }),
    select: ({ items }) => [...items].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
  });

function useChange<T>(slug: string, id: string, change: (given: T) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: conversationKeys.all(slug) }),
        queries.invalidateQueries({ queryKey: conversationKeys.messages(slug, id) }),
      ]),
  });
}

/** Tells the server that what came in was seen, and the lists by the event that follows. */
export const useMarkRead = (slug: string) =>
  useMutation({
    mutationFn: (id: string) => api(z.unknown(), `${at(slug)}/conversations/${id}/read`, { method: "POST", json: {} }),
  });

/** Pending until the thread has the reply, so that the words don't vanish in between. */
export const useReply = (slug: string, id: string) =>
  useChange(slug, id, (text: string) =>
    api(z.unknown(), `${at(slug)}/conversations/${id}/reply`, { method: "POST", json: { text } }),
  );

export type ConversationAct = "take-over" | "hand-back" | "close";

export const useActOnConversation = (slug: string, id: string) =>
  useChange(slug, id, (act: ConversationAct) =>
    api(z.unknown(), `${at(slug)}/conversations/${id}/${act}`, { method: "POST", json: {} }),
  );
