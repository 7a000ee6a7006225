"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { MessageSquareDashedIcon } from "lucide-react";
import { useFormatter, useTimeZone, useTranslations } from "next-intl";
import { Fragment, type ReactNode, useCallback, useRef } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import { ErrorState } from "@/components/shared/error-state";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { Bubble, MessageBubble } from "./message-bubble";
import { messagesQuery } from "./queries";

interface MessageListProps {
  conversationId: string;
  /** What is on its way to the server. */
  sending?: readonly string[];
  onExplain?: (turnId: string) => void;
  /** Whose side of the talk is the reader's: the clinic's in the inbox, the patient's in the simulator. */
  side?: "clinic" | "patient";
  after?: ReactNode;
}

const NEAR_END_PX = 120;

/** The thread in the order of reading, by days; stays at the newest while the reader is there. */
export function MessageList({ conversationId, sending = [], onExplain, side = "clinic", after }: MessageListProps) {
  const t = useTranslations("inbox");
  const format = useFormatter();
  const timeZone = useTimeZone();
  const { slug } = useClinic();
  const messages = useInfiniteQuery(messagesQuery(slug, conversationId));
  const scroller = useStickToEnd();

  if (messages.isPending) return <ThreadSkeleton />;
  if (messages.isError && !messages.data)
    return <ErrorState error={messages.error} retry={() => void messages.refetch()} className="flex-1" />;
  if (messages.data.length === 0 && sending.length === 0)
    return <EmptyState icon={MessageSquareDashedIcon} title={t("noMessages")} className="flex-1" />;

  const dayOf = (at: string) =>
    format.dateTime(new Date(at), { weekday: "long", day: "numeric", month: "long", timeZone });
  return (
    <div ref={scroller} className="scroll-slim min-h-0 flex-1 overflow-y-auto px-4 py-4 md:px-6">
      {messages.hasNextPage && (
        <div className="mb-2 text-center">
          <Button
            variant="ghost"
            size="sm"
            disabled={messages.isFetchingNextPage}
            onClick={() => void messages.fetchNextPage()}
          >
            {t("earlier")}
          </Button>
        </div>
      )}
      <div role="log" aria-label={t("messages")}>
        <ol className="mx-auto flex max-w-3xl flex-col gap-2">
          {messages.data.map((message, at) => {
            const previous = messages.data[at - 1];
            const isNewDay = !previous || dayOf(previous.at) !== dayOf(message.at);
            return (
              <Fragment key={message.id}>
                {isNewDay && (
                  <li className="my-2 flex items-center gap-3 text-xs font-medium text-muted-foreground before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
                    {dayOf(message.at)}
                  </li>
                )}
                <MessageBubble
                  message={message}
                  side={side}
                  isFollowing={!isNewDay && previous?.sender.type === message.sender.type}
                  onExplain={onExplain}
                />
              </Fragment>
            );
          })}
          {sending.map((words, at) => (
            <li key={at} className="mt-2 flex flex-col">
              <Bubble kind={side === "patient" ? "own" : "staff"} text={words} className="opacity-60" />
            </li>
          ))}
          {after}
        </ol>
      </div>
    </div>
  );
}

/** Keeps the end in sight as the thread and the room for it change, unless the reader has gone up. */
function useStickToEnd() {
  const isAtEnd = useRef(true);
  return useCallback((box: HTMLDivElement | null) => {
    if (!box) return;
    const stick = () => {
      if (isAtEnd.current) box.scrollTop = box.scrollHeight;
    };
    const watch = () => (isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX);
    const sizes = new ResizeObserver(stick);
    sizes.observe(box);
    for (const child of box.children) sizes.observe(child);
    box.addEventListener("scroll", watch, { passive: true });
    stick();
    return () => {
      sizes.disconnect();
      box.removeEventListener("scroll", watch);
    };
  }, []);
}

const WIDTHS = ["w-3/5", "w-2/5", "w-1/2", "w-2/3"];

function ThreadSkeleton() {
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-1 flex-col justify-end gap-3 px-4 py-6">
      {WIDTHS.map((width, at) => (
        <Skeleton key={width} className={cn("h-11 rounded-xl", width, at % 2 ? "self-end" : "self-start")} />
      ))}
    </div>
  );
}
