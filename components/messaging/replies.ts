"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { useClinic } from "@/components/shared/clinic-context";
import { api } from "@/lib/http/client";
import { at, conversationKeys } from "./queries";

/** What goes out: words, or a template and its values. `seenId`: the newest message that the writer has seen. */
export interface Outgoing {
  text?: string;
  template?: { id: string; values: string[] };
  /** Of a letter. */
  subject?: string;
  seenId?: string;
  isDraft?: boolean;
  /** The draft that it began as. */
  draftId?: string;
  /** What the thread shows while it is on its way. */
  preview: string;
}

const post = (url: string, json: unknown, method: "POST" | "DELETE" = "POST") =>
  api(z.unknown(), url, method === "POST" ? { method, json } : { method });

function useInThread<T>(id: string, work: (slug: string, given: T) => Promise<unknown>) {
  const { slug } = useClinic();
  const queries = useQueryClient();
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: conversationKeys.one(slug, id) }),
      queries.invalidateQueries({ queryKey: conversationKeys.messages(slug, id) }),
      queries.invalidateQueries({ queryKey: conversationKeys.asides(slug, id) }),
    ]);
  return useMutation({
    mutationFn: (given: T) => work(slug, given),
    onSuccess: refresh,
    // A refusal is told at once, not when the thread could be read again.
    onError: () => void refresh(),
  });
}

/** Pending until the thread has the reply, so that the words don't vanish in between. */
export const useReply = (id: string) =>
  useInThread(id, (slug, { text, template, subject, seenId, isDraft, draftId }: Outgoing) =>
    post(`${at(slug)}/conversations/${id}/reply`, {
      ...{ text, template, subject, seen_message_id: seenId, is_draft: isDraft, draft_id: draftId },
    }),
  );

export const useAddNote = (id: string) =>
  useInThread(id, (slug, text: string) => post(`${at(slug)}/conversations/${id}/notes`, { text }));

export const useDiscardDraft = (id: string) =>
  useInThread(id, (slug) => post(`${at(slug)}/conversations/${id}/draft`, undefined, "DELETE"));

/** Sends again what failed for good or may not have arrived. */
export const useSendAgain = (id: string) =>
  useInThread(id, (slug, outboxId: string) => post(`${at(slug)}/outbox/${outboxId}/retry`, {}));

/** Tells the server that what came in was seen, and the lists by the event that follows. */
export function useMarkRead() {
  const { slug } = useClinic();
  return useMutation({ mutationFn: (id: string) => post(`${at(slug)}/conversations/${id}/read`, {}) });
}
