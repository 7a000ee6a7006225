"use client";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { BellIcon, BellOffIcon, CheckCheckIcon, SettingsIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import { ErrorState } from "@/components/shared/error-state";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/skeleton";
import { useInterrupts } from "./interrupt";
import { NotificationRow } from "./notification-row";
import { type NotificationList, notificationsQuery, useMarkRead } from "./queries";

const MOST_SHOWN = 99;

/** What is new for this member: a badge in the bar, the list behind it, a sound for what can't wait. */
export function Bell() {
  const t = useTranslations("notifications");
  const { slug } = useClinic();
  const [isOpen, setOpen] = useState(false);
  const list = useQuery(notificationsQuery(slug));
  useInterrupts(list.data?.items);
  const unread = list.data?.unread_count ?? 0;
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={t("open", { count: unread })} className="relative">
          <BellIcon aria-hidden />
          {unread > 0 && (
            <span
              aria-hidden
              className="absolute start-1/2 bottom-1/2 flex h-4 min-w-4 items-center justify-center rounded-full bg-danger px-1 text-2xs font-semibold text-background tabular-nums"
            >
              {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
            </span>
          )}
        </Button>
      </PopoverTrigger>
      <PopoverContent
        align="end"
        className="flex max-h-[min(32rem,80dvh)] w-[min(24rem,calc(100vw-1rem))] flex-col p-0"
      >
        <BellList list={list} unread={unread} close={() => setOpen(false)} />
      </PopoverContent>
    </Popover>
  );
}

interface BellListProps {
  list: UseQueryResult<NotificationList>;
  unread: number;
  close: () => void;
}

function BellList({ list, unread, close }: BellListProps) {
  const t = useTranslations("notifications");
  const { slug } = useClinic();
  const markRead = useMarkRead(slug);
  return (
    <>
      <header className="flex h-11 shrink-0 items-center gap-1 border-b ps-4 pe-1.5">
        <h2 className="flex-1 text-sm font-semibold">{t("title")}</h2>
        <Button variant="ghost" size="sm" disabled={unread === 0} onClick={() => markRead.mutate(undefined)}>
          <CheckCheckIcon aria-hidden />
          {t("readAll")}
        </Button>
        <Button variant="ghost" size="icon" asChild aria-label={t("settings")}>
          <Link href={`/c/${slug}/settings/notifications`} onClick={close}>
            <SettingsIcon aria-hidden />
          </Link>
        </Button>
      </header>
      <div className="scroll-slim min-h-0 flex-1 overflow-y-auto">
        {list.isPending ? (
          <BellSkeleton />
        ) : list.isError ? (
          <ErrorState error={list.error} retry={() => void list.refetch()} />
        ) : list.data.items.length === 0 ? (
          <EmptyState icon={BellOffIcon} title={t("empty")} text={t("emptyText")} />
        ) : (
          <ul className="divide-y">
            {list.data.items.map((item) => (
              <NotificationRow
                key={item.id}
                item={item}
                onOpen={() => {
                  if (item.read_at === null) markRead.mutate([item.id]);
                  close();
                }}
              />
            ))}
          </ul>
        )}
      </div>
    </>
  );
}

function BellSkeleton() {
  return (
    <div aria-hidden className="space-y-3 p-4">
      {[0, 1, 2].map((row) => (
        <div key={row} className="flex gap-3">
          <Skeleton className="size-7 rounded-md" />
          <div className="flex-1 space-y-1.5">
            <Skeleton className="h-4 w-3/4" />
            <Skeleton className="h-3 w-1/2" />
          </div>
        </div>
      ))}
    </div>
  );
}
