"use client";
import { type InfiniteData, type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { z } from "zod";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { api, ApiError } from "@/lib/http/client";
import { type Me, useMe } from "./me";
import { at, Conversation, type ConversationPage, conversationKeys } from "./queries";

/** What a person does with a thread, as the server is told of it. */
export type Act =
  | { act: "take-over" | "hand-back" | "close" }
  | { act: "reopen"; holder: "bot" | "staff" }
  | { act: "assign"; to: { id: string; name: string } | null; expectedId?: string | null }
  | { act: "snooze"; until: string | null };

function bodyOf(act: Act): unknown {
  if (act.act === "assign")
    return {
      assignee_id: act.to?.id ?? null,
      ...(act.expectedId === undefined ? {} : { expected_id: act.expectedId }),
    };
  if (act.act === "snooze") return { until: act.until };
  return act.act === "reopen" ? { holder: act.holder } : {};
}

/** The thread as it will be if the server agrees: shown at once. */
function foresee(thread: Conversation, act: Act, me: Me): Conversation {
  const seen = { unread: 0, snoozed_until: null };
  switch (act.act) {
    case "take-over":
      return { ...thread, ...seen, holder: "staff", status: "open", assignee: me };
    case "hand-back":
      return { ...thread, holder: "bot", status: "open", assignee: null, is_urgent: false };
    case "close":
      return { ...thread, ...seen, holder: "bot", status: "closed", assignee: null, is_urgent: false, draft: null };
    case "reopen":
      return { ...thread, status: "open", holder: act.holder, assignee: act.holder === "staff" ? me : null };
    case "assign":
      return { ...thread, assignee: act.to };
    case "snooze":
      return { ...thread, snoozed_until: act.until };
  }
}

type Pages = InfiniteData<ConversationPage, string>;

/** Changes one thread wherever it is shown. */
export function patchThread(
  queries: QueryClient,
  slug: string,
  id: string,
  change: (thread: Conversation) => Conversation,
) {
  queries.setQueryData<Conversation>(conversationKeys.one(slug, id), (held) => held && change(held));
  queries.setQueriesData<Pages>(
    { queryKey: conversationKeys.lists(slug) },
    (held) =>
      held && {
        ...held,
        pages: held.pages.map((page) => ({
          ...page,
          items: page.items.map((one) => (one.id === id ? change(one) : one)),
        })),
      },
  );
}

/** Does an act at once on the screen, and takes it back when the server refuses. What can be undone says so in a toast. */
export function useAct(): (id: string, act: Act, isUndo?: boolean) => void {
  const { slug } = useClinic();
  const me = useMe();
  const queries = useQueryClient();
  const told = useTold();
  const words = useErrorWords();
  const t = useTranslations("inbox");
  const { mutate } = useMutation({
    mutationFn: ({ id, act }: { id: string; act: Act; isUndo: boolean }) =>
      api(Conversation, `${at(slug)}/conversations/${id}/${act.act}`, { method: "POST", json: bodyOf(act) }),
    onMutate: async ({ id, act }) => {
      await queries.cancelQueries({ queryKey: conversationKeys.one(slug, id) });
      const before = queries.getQueryData<Conversation>(conversationKeys.one(slug, id));
      patchThread(queries, slug, id, (thread) => foresee(thread, act, me));
      return before;
    },
    onSuccess: (thread, { id, act, isUndo }, before) => {
      patchThread(queries, slug, id, () => thread);
      const back = before && !isUndo ? undoOf(before, act, thread) : undefined;
      const line = told(act);
      if (line)
        toast(line, back && { action: { label: t("undo"), onClick: () => mutate({ id, act: back, isUndo: true }) } });
    },
    onError: (error, { id }, before) => {
      if (before) patchThread(queries, slug, id, () => before);
      toast.error(isBeaten(error) ? t("beaten") : words(error));
    },
    onSettled: (_thread, _error, { id }) =>
      Promise.all([
        queries.invalidateQueries({ queryKey: conversationKeys.one(slug, id) }),
        queries.invalidateQueries({ queryKey: conversationKeys.lists(slug) }),
        queries.invalidateQueries({ queryKey: conversationKeys.asides(slug, id) }),
      ]),
  });
  return (id, act, isUndo = false) => mutate({ id, act, isUndo });
}

const Beaten = z.object({ what: z.literal("assignee") });
const isBeaten = (error: unknown) =>
  error instanceof ApiError && error.code === "CONFLICT" && Beaten.safeParse(error.details).success;

/** What takes an act back, given the thread before it. */
function undoOf(before: Conversation, act: Act, after: Conversation): Act | undefined {
  if (act.act === "close") return { act: "reopen", holder: before.holder };
  if (act.act === "snooze") return { act: "snooze", until: before.snoozed_until };
  if (act.act === "assign")
    return { act: "assign", to: known(before.assignee), expectedId: after.assignee?.id ?? null };
  if (act.act === "take-over" && before.holder === "bot") return { act: "hand-back" };
  return act.act === "hand-back" ? { act: "take-over" } : undefined;
}

const known = (assignee: Conversation["assignee"]) => assignee && { id: assignee.id, name: assignee.name ?? "" };

function useTold(): (act: Act) => string | undefined {
  const t = useTranslations("inbox.told");
  const me = useMe();
  return (act) => {
    if (act.act === "assign")
      return act.to ? t("assigned", { isMe: String(act.to.id === me.id), name: act.to.name }) : t("unassigned");
    if (act.act === "snooze") return t(act.until ? "snoozed" : "woken");
    return t(TOLD[act.act]);
  };
}

const TOLD = { "take-over": "tookOver", "hand-back": "handedBack", close: "closed", reopen: "reopened" } as const;
