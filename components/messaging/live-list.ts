"use client";
import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { useLiveRounds } from "@/components/shared/live";
import { useMe } from "./me";
import { belongsIn, mergeNewest } from "./list-order";
import {
  type ConversationPage,
  conversationKeys,
  fetchConversation,
  fetchConversations,
  type Filters,
} from "./queries";

type Pages = InfiniteData<ConversationPage, string>;

/** More changes than this below the first page in one round: everything is asked for anew. */
const MOST_SINGLE = 12;

/**
 * Keeps a long list true at a small price: a round of changes reads the first page again and, one by one, the threads
 * further down that it names. Rounds that come while one is under way make one more after it.
 */
export function useLiveList(filters: Filters): void {
  const { slug } = useClinic();
  const { id: me } = useMe();
  const queries = useQueryClient();
  const state = useRef({ isBusy: false, waiting: new Set<string>() });
  const latest = useRef(filters);
  useEffect(() => {
    latest.current = filters;
  });

  const mend = async (changed: Set<string>) => {
    const now = latest.current;
    const queryKey = conversationKeys.list(slug, now);
    const pages = queries.getQueryData<Pages>(queryKey);
    if (!pages || pages.pages.length < 2) return queries.invalidateQueries({ queryKey });
    const below = pages.pages.slice(1).flatMap(({ items }) => items.filter(({ id }) => changed.has(id)));
    if (below.length > MOST_SINGLE) return queries.invalidateQueries({ queryKey });
    const [fresh, ...singles] = await Promise.all([
      fetchConversations(slug, now, ""),
      ...below.map(({ id }) => fetchConversation(slug, id)),
    ]);
    queries.setQueryData<Pages>(
      queryKey,
      (held) => held && mergeNewest(held, fresh, singles, (one) => belongsIn(now, one, me)),
    );
  };

  const drain = async () => {
    if (state.current.isBusy) return;
    state.current.isBusy = true;
    while (state.current.waiting.size > 0) {
      const changed = state.current.waiting;
      state.current.waiting = new Set();
      await mend(changed).catch(() => queries.invalidateQueries({ queryKey: conversationKeys.lists(slug) }));
    }
    state.current.isBusy = false;
  };

  useLiveRounds((round) => {
    if (round.type === "reset") return;
    const ids = round.changes.flatMap(({ topic, entity_id: id }) => (topic === "conversation" && id ? [id] : []));
    if (ids.length === 0) return;
    for (const id of ids) state.current.waiting.add(id);
    // Lists that aren't on the screen are asked for when they are.
    void queries.invalidateQueries({ queryKey: conversationKeys.lists(slug), refetchType: "none" });
    void drain();
  });
}
