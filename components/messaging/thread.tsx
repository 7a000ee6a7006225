"use client";
import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { ErrorState } from "@/components/shared/error-state";
import { useKeys } from "@/components/shared/keys";
import { cn } from "@/components/ui/cn";
import { may } from "@/lib/identity/permissions";
import { type Act, useAct } from "./acts";
import { Composer, type Mode } from "./composer";
import { useMe } from "./me";
import { MessageList } from "./message-list";
import { usePresence } from "./presence";
import {
  type Conversation,
  conversationKeys,
  type ConversationPage,
  conversationQuery,
  messagesQuery,
} from "./queries";
import { useMarkRead, useReply } from "./replies";
import { ThreadHeader } from "./thread-header";
import { TypingLine } from "./viewers";

interface ThreadProps {
  id: string;
  className?: string;
  onBack: () => void;
  onExplain: (turnId: string) => void;
  onDetails: () => void;
}

export function Thread({ id, className, onBack, onExplain, onDetails }: ThreadProps) {
  const t = useTranslations("inbox");
  const { slug, role } = useClinic();
  const conversation = useQuery({ ...conversationQuery(slug, id), placeholderData: useListed(id) });
  const newest = useInfiniteQuery(messagesQuery(slug, id)).data?.at(-1)?.id;
  const doAct = useAct();
  const reply = useReply(id);
  const { viewers, setTyping } = usePresence(id);
  const composer = useRef<HTMLTextAreaElement>(null);
  const [mode, setMode] = useState<Mode>("reply");
  const [isSnoozing, setSnoozing] = useState(false);
  const mayReply = may(role, "conversation.reply");
  useSeen(id, conversation.data?.unread ?? 0, mayReply);

  const act = (what: Act) => {
    doAct(id, what);
    if (what.act === "take-over") requestAnimationFrame(() => composer.current?.focus());
  };
  const write = (next: Mode) => () => {
    setMode(next);
    requestAnimationFrame(() => composer.current?.focus());
  };
  useThreadKeys(mayReply ? conversation.data : undefined, { act, write, snooze: () => setSnoozing(true) });

  if (conversation.isError && !conversation.data)
    return <ErrorState error={conversation.error} retry={() => void conversation.refetch()} className={className} />;
  return (
    <section aria-label={t("thread")} className={cn("flex min-h-0 flex-col bg-background", className)}>
      <ThreadHeader
        conversation={conversation.data}
        viewers={viewers}
        mayAct={mayReply}
        isSnoozing={isSnoozing}
        onSnoozing={setSnoozing}
        onBack={onBack}
        onAct={act}
        onDetails={onDetails}
      />
      <MessageList
        conversationId={id}
        sending={reply.isPending ? [reply.variables.preview] : []}
        onExplain={onExplain}
      />
      <TypingLine viewers={viewers} />
      {conversation.data && mayReply && (
        <Composer
          ref={composer}
          conversation={conversation.data}
          newestId={newest}
          reply={reply}
          mode={mode}
          onMode={setMode}
          onAct={act}
          onTyping={setTyping}
        />
      )}
    </section>
  );
}

interface KeyActs {
  act: (act: Act) => void;
  write: (mode: Mode) => () => void;
  snooze: () => void;
}

/** The single keys of an open thread; none where nothing may be done. */
function useThreadKeys(thread: Conversation | undefined, { act, write, snooze }: KeyActs) {
  const me = useMe();
  const isOpen = thread && thread.status !== "closed";
  useKeys({
    r: () => thread && write("reply")(),
    n: () => thread && write("note")(),
    t: () => isOpen && act({ act: thread.holder === "bot" ? "take-over" : "hand-back" }),
    e: () => isOpen && act({ act: "close" }),
    s: () => isOpen && snooze(),
    a: () =>
      isOpen &&
      thread.assignee?.id !== me.id &&
      act({ act: "assign", to: me, expectedId: thread.assignee?.id ?? null }),
  });
}

/** What the list knows of a thread stands until the thread itself is here. */
function useListed(id: string): () => Conversation | undefined {
  const { slug } = useClinic();
  const queries = useQueryClient();
  return () =>
    queries
      .getQueriesData<InfiniteData<ConversationPage>>({ queryKey: conversationKeys.lists(slug) })
      .flatMap(([, list]) => list?.pages.flatMap((page) => page.items) ?? [])
      .find((one) => one.id === id);
}

/** An open thread is read thread, while the tab is looked at; a viewer's look counts for nobody. */
function useSeen(id: string, unread: number, mayAnswer: boolean) {
  const { mutate } = useMarkRead();
  useEffect(() => {
    if (unread === 0 || !mayAnswer) return;
    const see = () => document.visibilityState === "visible" && mutate(id);
    see();
    document.addEventListener("visibilitychange", see);
    return () => document.removeEventListener("visibilitychange", see);
  }, [id, unread, mayAnswer, mutate]);
}
