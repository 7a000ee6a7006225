"use client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ArrowDownIcon, MessageSquareDashedIcon } from "lucide-react";
import { useFormatter, useTimeZone, useTranslations } from "next-intl";
import { Fragment, type ReactNode } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import { ErrorState } from "@/components/shared/error-state";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { AsideLine } from "./aside-line";
import { Bubble, MessageBubble } from "./message-bubble";
import { type Aside, asidesQuery, type Message, messagesQuery } from "./queries";
import { useThreadScroll } from "./thread-scroll";

interface MessageListProps {
  conversationId: string;
  /** What is on its way to the server. */
  sending?: readonly string[];
  onExplain?: (turnId: string) => void;
  /** Whose side of the talk is the reader's: the clinic's in the inbox, the patient's in the simulator. */
  side?: "clinic" | "patient";
  after?: ReactNode;
}

/** The thread in the order of reading, by days; stays at the newest while the reader is there. */
export function MessageList(props: MessageListProps) {
  const { conversationId, sending = [], side = "clinic" } = props;
  const t = useTranslations("inbox");
  const { slug } = useClinic();
  const messages = useInfiniteQuery(messagesQuery(slug, conversationId));
  const asides = useQuery({ ...asidesQuery(slug, conversationId), enabled: side === "clinic" }).data ?? [];

  if (messages.isPending) return <ThreadSkeleton />;
  if (messages.isError && !messages.data)
    return <ErrorState error={messages.error} retry={() => void messages.refetch()} className="flex-1" />;
  if (messages.data.length === 0 && sending.length === 0 && asides.length === 0)
    return <EmptyState icon={MessageSquareDashedIcon} title={t("noMessages")} className="flex-1" />;
  return (
    <Entries
      {...props}
      entries={entriesOf(messages.data, asides, messages.hasNextPage)}
      isMore={messages.hasNextPage}
      isLoading={messages.isFetchingNextPage}
      onMore={() => void messages.fetchNextPage()}
    />
  );
}

type Entry = { at: string; id: string } & ({ message: Message; aside?: never } | { aside: Aside; message?: never });

/** Messages and what happened beside them, by time; acts from before the oldest message that is here wait for theirs. */
function entriesOf(messages: Message[], asides: Aside[], isMore: boolean): Entry[] {
  const since = isMore ? Date.parse(messages[0]?.at ?? "") : Number.NEGATIVE_INFINITY;
  const beside = asides.filter((one) => Date.parse(one.at) >= since);
  const entries: Entry[] = [
    ...messages.map((message) => ({ at: message.at, id: message.id, message })),
    ...beside.map((aside) => ({ at: aside.at, id: aside.id, aside })),
  ];
  return beside.length === 0 ? entries : entries.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

interface EntriesProps extends MessageListProps {
  entries: Entry[];
  isMore: boolean;
  isLoading: boolean;
  onMore: () => void;
}

function Entries({ entries, isMore, isLoading, onMore, ...props }: EntriesProps) {
  const { sending = [], side = "clinic", after } = props;
  const t = useTranslations("inbox");
  const { box, isAtEnd, seenId, toEnd } = useThreadScroll({
    firstId: entries[0]?.id,
    lastId: entries.at(-1)?.id,
    onNearStart: () => isMore && !isLoading && onMore(),
  });
  const unseen = entries.slice(entries.findIndex((one) => one.id === seenId) + 1);
  const news = unseen.filter(({ message }) => message).length;
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div ref={box} className="scroll-slim min-h-0 flex-1 overflow-y-auto px-4 py-4 [overflow-anchor:none] md:px-6">
        <div>
          {isMore && (
            <div className="mb-2 text-center">
              <Button variant="ghost" size="sm" disabled={isLoading} onClick={onMore}>
                {t(isLoading ? "loadingMore" : "earlier")}
              </Button>
            </div>
          )}
          <div role="log" aria-label={t("messages")}>
            <ol className="mx-auto flex max-w-3xl flex-col gap-2">
              <Days {...props} entries={entries} />
              {sending.map((words, at) => (
                <li key={at} className="mt-2 flex flex-col">
                  <Bubble kind={side === "patient" ? "own" : "staff"} text={words} className="opacity-60" />
                </li>
              ))}
              {after}
            </ol>
          </div>
        </div>
      </div>
      {!isAtEnd && (
        <Button
          size="sm"
          onClick={toEnd}
          className="absolute inset-x-0 bottom-3 mx-auto w-fit rounded-full shadow-float"
        >
          <ArrowDownIcon aria-hidden />
          {news > 0 ? t("newMessages", { count: news }) : t("toNewest")}
        </Button>
      )}
    </div>
  );
}

function Days({
  entries,
  conversationId,
  side = "clinic",
  onExplain,
}: Pick<EntriesProps, "entries"> & MessageListProps) {
  const format = useFormatter();
  const timeZone = useTimeZone();
  const dayOf = (at: string) =>
    format.dateTime(new Date(at), { weekday: "long", day: "numeric", month: "long", timeZone });
  return entries.map(({ id, at, message, aside }, index) => {
    const previous = entries[index - 1];
    const isNewDay = !previous || dayOf(previous.at) !== dayOf(at);
    return (
      <Fragment key={id}>
        {isNewDay && (
          <li className="my-2 flex items-center gap-3 text-xs font-medium text-muted-foreground before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
            {dayOf(at)}
          </li>
        )}
        {aside ? (
          <AsideLine aside={aside} />
        ) : (
          <MessageBubble
            conversationId={conversationId}
            message={message}
            side={side}
            isFollowing={!isNewDay && previous?.message?.sender.type === message.sender.type}
            onExplain={onExplain}
          />
        )}
      </Fragment>
    );
  });
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
