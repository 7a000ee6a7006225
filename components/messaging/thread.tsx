"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { ErrorState } from "@/components/shared/error-state";
import { useToastError } from "@/components/shared/error-words";
import { useKeys } from "@/components/shared/keys";
import { cn } from "@/components/ui/cn";
import { may } from "@/lib/identity/permissions";
import { Composer } from "./composer";
import { MessageList } from "./message-list";
import { conversationQuery, useActOnConversation, useMarkRead, useReply } from "./queries";
import { ThreadHeader } from "./thread-header";

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
  const conversation = useQuery(conversationQuery(slug, id));
  const act = useActOnConversation(slug, id);
  const reply = useReply(slug, id);
  const toastError = useToastError();
  const composer = useRef<HTMLTextAreaElement>(null);
  const mayReply = may(role, "conversation.reply");
  const holder = conversation.data?.holder;
  useSeen(id, conversation.data?.unread ?? 0, mayReply);

  const change = (what: Parameters<typeof act.mutate>[0]) =>
    act.mutate(what, {
      onError: toastError,
      onSuccess: () => what === "take-over" && requestAnimationFrame(() => composer.current?.focus()),
    });
  useKeys({
    r: () => composer.current?.focus(),
    t: () => mayReply && holder && change(holder === "bot" ? "take-over" : "hand-back"),
  });

  if (conversation.isError && !conversation.data)
    return <ErrorState error={conversation.error} retry={() => void conversation.refetch()} className={className} />;
  return (
    <section aria-label={t("thread")} className={cn("flex flex-col bg-background", className)}>
      <ThreadHeader
        conversation={conversation.data}
        isBusy={act.isPending}
        mayAct={mayReply}
        onBack={onBack}
        onAct={change}
        onDetails={onDetails}
      />
      <MessageList conversationId={id} sending={reply.isPending ? [reply.variables] : []} onExplain={onExplain} />
      {conversation.data && mayReply && (
        <Composer
          ref={composer}
          conversation={conversation.data}
          isBusy={act.isPending}
          onTakeOver={() => change("take-over")}
          onSend={(text, refused) =>
            reply.mutate(text, {
              onError: (error) => {
                refused();
                toastError(error);
              },
            })
          }
        />
      )}
    </section>
  );
}

/** An open thread is read thread, while the tab is looked at; a viewer's look counts for nobody. */
function useSeen(id: string, unread: number, mayAnswer: boolean) {
  const { slug } = useClinic();
  const { mutate } = useMarkRead(slug);
  useEffect(() => {
    if (unread === 0 || !mayAnswer) return;
    const see = () => document.visibilityState === "visible" && mutate(id);
    see();
    document.addEventListener("visibilitychange", see);
    return () => document.removeEventListener("visibilitychange", see);
  }, [id, unread, mayAnswer, mutate]);
}
