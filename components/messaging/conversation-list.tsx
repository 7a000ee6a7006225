"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { InboxIcon, SearchIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { useDebounced } from "@/components/shared/debounced";
import { EmptyState } from "@/components/shared/empty-state";
import { ErrorState } from "@/components/shared/error-state";
import { useKeys } from "@/components/shared/keys";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { ConversationRow } from "./conversation-row";
import { conversationsQuery, type Filter, FILTERS } from "./queries";

interface ConversationListProps {
  className?: string;
  openId: string | null;
  filter: Filter;
  q: string;
  onOpen: (id: string) => void;
  onFilter: (filter: Filter) => void;
  onSearch: (q: string) => void;
}

export function ConversationList({ className, openId, filter, q, onOpen, onFilter, onSearch }: ConversationListProps) {
  const t = useTranslations("inbox");
  const { slug } = useClinic();
  const list = useInfiniteQuery(conversationsQuery(slug, filter, q));
  const found = list.data?.pages.flatMap((page) => page.items) ?? [];

  const step = (by: number) => () => {
    const next = found[Math.max(0, found.findIndex((one) => one.id === openId) + by)];
    if (next) onOpen(next.id);
  };
  useKeys({ j: step(1), k: step(-1) });

  return (
    <section aria-label={t("list")} className={cn("flex shrink-0 flex-col bg-card", className)}>
      <div className="grid gap-2 border-b p-3">
        <Search q={q} onSearch={onSearch} />
        <div role="group" aria-label={t("filter")} className="flex gap-1">
          {FILTERS.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={filter === name}
              onClick={() => onFilter(name)}
              className="h-7 rounded-md px-2 text-xs font-medium text-muted-foreground transition-colors hover:bg-accent hover:text-foreground aria-pressed:bg-primary-soft aria-pressed:text-primary-text pointer-coarse:h-10 pointer-coarse:px-3"
            >
              {t(`filters.${name}`)}
            </button>
          ))}
        </div>
      </div>
      <div className="scroll-slim min-h-0 flex-1 overflow-y-auto">
        {list.isPending && <ListSkeleton />}
        {list.isError && found.length === 0 && <ErrorState error={list.error} retry={() => void list.refetch()} />}
        {list.isSuccess && found.length === 0 && (
          <EmptyState
            icon={InboxIcon}
            title={q || filter !== "all" ? t("noMatch") : t("empty")}
            text={q || filter !== "all" ? t("noMatchText") : t("emptyText")}
          />
        )}
        <ul className={cn("divide-y", list.isPlaceholderData && "opacity-60")}>
          {found.map((one) => (
            <ConversationRow key={one.id} conversation={one} isOpen={one.id === openId} onOpen={() => onOpen(one.id)} />
          ))}
        </ul>
        {list.hasNextPage && (
          <div className="p-3 text-center">
            <Button variant="ghost" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t("more")}
            </Button>
          </div>
        )}
      </div>
    </section>
  );
}

function Search({ q, onSearch }: Pick<ConversationListProps, "q" | "onSearch">) {
  const t = useTranslations("inbox");
  const [text, setText] = useState(q);
  const settled = useDebounced(text.trim(), 250);
  useEffect(() => {
    if (settled !== q) onSearch(settled);
    // Only what was typed is passed up; the address may change for other reasons.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);
  return (
    <div className="relative">
      <SearchIcon aria-hidden className="absolute inset-y-0 start-2.5 my-auto size-4 text-muted-foreground" />
      <Input
        type="search"
        aria-label={t("search")}
        placeholder={t("search")}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="h-8 ps-8"
      />
    </div>
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
