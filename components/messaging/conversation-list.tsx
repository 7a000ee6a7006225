"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { InboxIcon, LoaderIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import { ErrorState } from "@/components/shared/error-state";
import { useKeys } from "@/components/shared/keys";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { ConversationRow } from "./conversation-row";
import { ListFilters } from "./list-filters";
import { belongsIn, compareThreads } from "./list-order";
import { useLiveList } from "./live-list";
import { useMe } from "./me";
import { type Conversation, conversationsQuery, type Filters } from "./queries";

interface ConversationListProps {
  className?: string;
  openId: string | null;
  filters: Filters;
  onOpen: (id: string) => void;
  onFilter: (filters: Partial<Filters>) => void;
}

export function ConversationList({ className, openId, filters, onOpen, onFilter }: ConversationListProps) {
  const t = useTranslations("inbox");
  const { slug } = useClinic();
  const list = useInfiniteQuery(conversationsQuery(slug, filters));
  const found = useShown(list.data?.pages, filters, openId, list.isPlaceholderData);
  useLiveList(filters);

  const step = (by: number) => () => {
    const next = found[Math.max(0, found.findIndex((one) => one.id === openId) + by)];
    if (next) onOpen(next.id);
  };
  // The keys of an open thread mean nothing else while none is open.
  useKeys({ j: step(1), k: step(-1), ...(openId ? {} : { s: () => undefined, t: () => undefined }) });

  return (
    <section aria-label={t("list")} className={cn("flex min-h-0 shrink-0 flex-col bg-card", className)}>
      <ListFilters filters={filters} onFilter={onFilter} />
      {list.isPending && <ListSkeleton />}
      {list.isError && found.length === 0 && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && found.length === 0 && <Nothing filters={filters} />}
      {found.length > 0 && (
        <Rows
          // Another list starts at its own top.
          key={JSON.stringify(filters)}
          items={found}
          isStale={list.isPlaceholderData}
          isMore={list.hasNextPage}
          isLoading={list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage()}
          openId={openId}
          onOpen={onOpen}
        />
      )}
    </section>
  );
}

/** The pages as one list in order; what an act has just taken out of it is gone at once, but for the one that is open. */
function useShown(
  pages: { items: Conversation[] }[] | undefined,
  filters: Filters,
  openId: string | null,
  isPlaceholder: boolean,
): Conversation[] {
  const { id: me } = useMe();
  return useMemo(() => {
    const items = pages?.flatMap((page) => page.items) ?? [];
    const once = [...new Map(items.map((one) => [one.id, one])).values()];
    if (isPlaceholder) return once;
    return once.filter((one) => one.id === openId || belongsIn(filters, one, me)).sort(compareThreads);
  }, [pages, filters, openId, isPlaceholder, me]);
}

interface RowsProps {
  items: Conversation[];
  isStale: boolean;
  isMore: boolean;
  isLoading: boolean;
  onMore: () => void;
  openId: string | null;
  onOpen: (id: string) => void;
}

const ROW_PX = 76;
/** Rows before the end at which the next page is asked for. */
const AHEAD = 12;

/** Only the rows in sight are in the page, however long the list. */
function Rows({ items, isStale, isMore, isLoading, onMore, openId, onOpen }: RowsProps) {
  const t = useTranslations("inbox");
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing of it is passed to what is memoised
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (at) => items[at]?.id ?? at,
    overscan: 8,
  });
  const shown = rows.getVirtualItems();
  const end = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (isMore && !isLoading && end >= items.length - AHEAD) onMore();
  }, [isMore, isLoading, end, items.length, onMore]);

  const openAt = items.findIndex((one) => one.id === openId);
  useEffect(() => {
    if (openAt >= 0) rows.scrollToIndex(openAt, { align: "auto" });
    // Follows the reader's choice, not the list as it moves.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [openId]);

  return (
    <div ref={scroller} className="scroll-slim min-h-0 flex-1 overflow-y-auto">
      <ul className={cn("relative", isStale && "opacity-60")} style={{ height: rows.getTotalSize() }}>
        {shown.map(({ key, index, start }) => {
          const item = items[index];
          return (
            item && (
              <li
                key={key}
                ref={rows.measureElement}
                data-index={index}
                aria-setsize={isMore ? -1 : items.length}
                aria-posinset={index + 1}
                className="absolute inset-x-0 top-0 border-b"
                style={{ transform: `translateY(${start}px)` }}
              >
                <ConversationRow conversation={item} isOpen={item.id === openId} onOpen={onOpen} />
              </li>
            )
          );
        })}
      </ul>
      {isLoading && (
        <p role="status" className="flex items-center justify-center gap-2 py-3 text-xs text-muted-foreground">
          <LoaderIcon aria-hidden className="size-3.5 animate-spin" />
          {t("loadingMore")}
        </p>
      )}
    </div>
  );
}

function Nothing({ filters: { view, channel, assignee, q } }: { filters: Filters }) {
  const t = useTranslations("inbox");
  if (q || channel || assignee) return <EmptyState icon={InboxIcon} title={t("noMatch")} text={t("noMatchText")} />;
  return (
    <EmptyState icon={InboxIcon} title={t(`emptyViews.${view}`)} text={view === "open" ? t("emptyText") : undefined} />
  );
}

function ListSkeleton() {
  return Array.from({ length: 8 }, (_, at) => (
    <div key={at} className="flex gap-3 border-b px-3 py-3">
      <Skeleton className="size-9 rounded-full" />
      <div className="grid flex-1 content-center gap-2">
        <Skeleton className="h-4 w-2/5" />
        <Skeleton className="h-3 w-4/5" />
      </div>
    </div>
  ));
}
