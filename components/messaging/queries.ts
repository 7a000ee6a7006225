import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { api, cursorPageOf } from "@/lib/http/client";
import { type ChannelGroup, CONVERSATION_STATUSES, type View } from "@/lib/messaging/schema";

export const Conversation = z.object({
  id: z.string(),
  channel: z.object({
    kind: z.string(),
    address: z.string(),
    bot_mode: z.enum(["off", "drafts", "out_of_hours", "always"]),
  }),
  contact: z.object({ id: z.string(), value: z.string().nullish(), masked: z.string() }),
  patients: z.array(z.object({ id: z.string(), name: z.string() })),
  holder: z.enum(["bot", "staff"]),
  status: z.enum(CONVERSATION_STATUSES),
  assignee: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  is_urgent: z.boolean(),
  dialog_state: z.string().nullish(),
  last_message: z
    .object({ text: z.string(), kind: z.string(), at: z.string(), direction: z.string(), status: z.string() })
    .nullish(),
  unread: z.number(),
  language: z.string().nullish(),
  context_summary: z.string().nullish(),
  snoozed_until: z.string().nullable(),
  window: z.object({ closes_at: z.string().nullable() }).nullable(),
  draft: z.object({ id: z.string().nullable(), text: z.string(), at: z.string() }).nullable(),
  /** Whom the talk is about, where several share the number. */
  about_id: z.string().nullable(),
});
export type Conversation = z.infer<typeof Conversation>;
export const ConversationPage = cursorPageOf(Conversation);
export type ConversationPage = z.infer<typeof ConversationPage>;

const Payload = z.object({
  emoji: z.string().optional(),
  place: z
    .object({
      latitude: z.number(),
      longitude: z.number(),
      name: z.string().optional(),
      address: z.string().optional(),
    })
    .optional(),
  contacts: z.array(z.object({ name: z.string(), phones: z.array(z.string()) })).optional(),
  choices: z.array(z.object({ id: z.string(), title: z.string() })).optional(),
  template: z.object({ name: z.string() }).optional(),
  subject: z.string().optional(),
  is_voice: z.boolean().optional(),
});

const Media = z.object({
  id: z.string().nullable(),
  state: z.enum(["pending", "stored", "refused", "failed"]),
  content_type: z.string(),
  byte_length: z.number().nullable(),
  file_name: z.string().nullable(),
});
export type Media = z.infer<typeof Media>;

const Message = z.object({
  id: z.string(),
  direction: z.enum(["inbound", "outbound"]),
  kind: z.string(),
  text: z.string(),
  payload: Payload.nullish(),
  status: z.string(),
  at: z.string(),
  sender: z.object({ type: z.enum(["patient", "bot", "staff", "system"]), name: z.string().nullish() }),
  media: z.array(Media).default([]),
  failure: z.object({ code: z.union([z.string(), z.number()]), words: z.string() }).nullish(),
  suppressed_reason: z.string().nullish(),
  waiting: z.object({ reason: z.string(), until: z.string() }).nullish(),
  turn_id: z.string().nullish(),
  stuck_outbox_id: z.string().nullish(),
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

export const Aside = z.object({
  id: z.string(),
  kind: z.enum(["note", "take_over", "hand_back", "close", "reopen", "snooze", "wake", "assign"]),
  at: z.string(),
  by: z.string().nullable(),
  text: z.string().nullable(),
});
export type Aside = z.infer<typeof Aside>;

const Viewer = z.object({ id: z.string(), name: z.string(), is_typing: z.boolean() });
export const Viewers = z.object({ items: z.array(Viewer) });

/** What a list shows; `q` looks through everything. */
export interface Filters {
  view: View;
  channel: ChannelGroup | null;
  assignee: string | null;
  q: string;
}

export const at = (slug: string) => `/api/clinic/${slug}`;

/** `threads` are the lists: they are mended change by change (`live-list.ts`), not asked for anew. */
export const conversationKeys = {
  all: (slug: string) => ["clinic", slug, "conversations"] as const,
  lists: (slug: string) => ["clinic", slug, "threads"] as const,
  list: (slug: string, filters: Filters) => [...conversationKeys.lists(slug), filters] as const,
  one: (slug: string, id: string) => [...conversationKeys.all(slug), "one", id] as const,
  messages: (slug: string, id: string) => ["clinic", slug, "messages", id] as const,
  turns: (slug: string, id: string) => ["clinic", slug, "turns", id] as const,
  asides: (slug: string, id: string) => ["clinic", slug, "asides", id] as const,
  viewers: (slug: string, id: string) => ["clinic", slug, "viewers", id] as const,
};

const PAGE = 40;

export function fetchConversations(slug: string, filters: Filters, cursor: string, signal?: AbortSignal) {
  const { view, channel, assignee, q } = filters;
  const query = new URLSearchParams({ limit: String(PAGE) });
  // A search that starts from everything open means everything there is.
  if (!q || view !== "open") query.set("view", view);
  if (channel) query.set("channel", channel);
  if (assignee) query.set("assignee", assignee);
  if (q) query.set("q", q);
  if (cursor) query.set("cursor", cursor);
  return api(ConversationPage, `${at(slug)}/conversations?${query}`, { signal });
}

export const fetchConversation = (slug: string, id: string, signal?: AbortSignal) =>
  api(Conversation, `${at(slug)}/conversations/${id}`, { signal });

export const conversationsQuery = (slug: string, filters: Filters) =>
  infiniteQueryOptions({
    queryKey: conversationKeys.list(slug, filters),
    queryFn: ({ signal, pageParam }) => fetchConversations(slug, filters, pageParam, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const conversationQuery = (slug: string, id: string) =>
  queryOptions({
    queryKey: conversationKeys.one(slug, id),
    queryFn: ({ signal }) => fetchConversation(slug, id, signal),
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

export const asidesQuery = (slug: string, id: string) =>
  queryOptions({
    queryKey: conversationKeys.asides(slug, id),
    queryFn: ({ signal }) =>
      api(z.object({ items: z.array(Aside) }), `${at(slug)}/conversations/${id}/notes`, { signal }),
    select: ({ items }) => items,
  });

/** Who else has the thread open; each heartbeat answers it, too (`presence.ts`). */
export const viewersQuery = (slug: string, id: string) =>
  queryOptions({
    queryKey: conversationKeys.viewers(slug, id),
    queryFn: ({ signal }) => api(Viewers, `${at(slug)}/conversations/${id}/viewers`, { signal }),
    select: ({ items }) => items,
  });
