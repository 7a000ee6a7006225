"use client";
import { useQuery } from "@tanstack/react-query";
import { CheckIcon, ListFilterIcon, SearchIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { useDebounced } from "@/components/shared/debounced";
import { useKeys } from "@/components/shared/keys";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Input } from "@/components/ui/input";
import { CHANNEL_GROUPS, VIEWS } from "@/lib/messaging/schema";
import { assigneesQuery } from "./desk-queries";
import { useMe } from "./me";
import type { Filters } from "./queries";

interface ListFiltersProps {
  filters: Filters;
  onFilter: (filters: Partial<Filters>) => void;
}

/** What the list shows: a view, words, and behind one button the channel and the colleague. */
export function ListFilters({ filters, onFilter }: ListFiltersProps) {
  const t = useTranslations("inbox");
  return (
    <div className="grid gap-2 border-b p-3 pb-2">
      <div className="flex gap-1.5">
        <Search q={filters.q} onSearch={(q) => onFilter({ q })} />
        <MoreFilters filters={filters} onFilter={onFilter} />
      </div>
      <div
        role="group"
        aria-label={t("filter")}
        className="scroll-none -mx-3 flex gap-1 overflow-x-auto px-3 [scrollbar-width:none]"
      >
        {VIEWS.map((view) => (
          <button
            key={view}
            type="button"
            aria-pressed={filters.view === view}
            onClick={() => onFilter({ view })}
            className="h-7 shrink-0 rounded-md px-2 text-xs font-medium whitespace-nowrap text-muted-foreground transition-colors hover:bg-accent hover:text-foreground aria-pressed:bg-primary-soft aria-pressed:text-primary-text pointer-coarse:h-10 pointer-coarse:px-3"
          >
            {t(`views.${view}`)}
          </button>
        ))}
      </div>
      <Chosen filters={filters} onFilter={onFilter} />
    </div>
  );
}

function MoreFilters({ filters, onFilter }: ListFiltersProps) {
  const t = useTranslations("inbox");
  const me = useMe();
  const { slug } = useClinic();
  const [isOpen, setOpen] = useState(false);
  const colleagues = useQuery({ ...assigneesQuery(slug), enabled: isOpen }).data ?? [];
  const tick = (isOn: boolean) => (isOn ? <CheckIcon aria-hidden className="ms-auto" /> : null);
  return (
    <DropdownMenu open={isOpen} onOpenChange={setOpen}>
      <DropdownMenuTrigger asChild>
        <Button size="icon" aria-label={t("moreFilters")} aria-pressed={Boolean(filters.channel || filters.assignee)}>
          <ListFilterIcon aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>{t("channel")}</DropdownMenuLabel>
        {CHANNEL_GROUPS.map((channel) => (
          <DropdownMenuItem
            key={channel}
            onSelect={() => onFilter({ channel: filters.channel === channel ? null : channel })}
          >
            {t(`groups.${channel}`)}
            {tick(filters.channel === channel)}
          </DropdownMenuItem>
        ))}
        <DropdownMenuSeparator />
        <DropdownMenuLabel>{t("assignee")}</DropdownMenuLabel>
        {colleagues.map(({ id, name }) => (
          <DropdownMenuItem key={id} onSelect={() => onFilter({ assignee: filters.assignee === id ? null : id })}>
            <bdi>{id === me.id ? t("you", { name }) : name}</bdi>
            {tick(filters.assignee === id)}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** The filters that the menu hides, each with a way out. */
function Chosen({ filters: { channel, assignee }, onFilter }: ListFiltersProps) {
  const t = useTranslations("inbox");
  const { slug } = useClinic();
  const colleagues = useQuery({ ...assigneesQuery(slug), enabled: Boolean(assignee) }).data ?? [];
  if (!channel && !assignee) return null;
  const name = colleagues.find((one) => one.id === assignee)?.name ?? "…";
  const chip = (label: string, clear: Partial<Filters>) => (
    <button
      type="button"
      onClick={() => onFilter(clear)}
      aria-label={t("clearFilter", { filter: label })}
      className="flex h-6 items-center gap-1 rounded-sm bg-muted ps-2 pe-1 text-xs hover:bg-accent pointer-coarse:h-9"
    >
      <bdi>{label}</bdi>
      <XIcon aria-hidden className="size-3" />
    </button>
  );
  return (
    <div className="flex flex-wrap gap-1">
      {channel && chip(t(`groups.${channel}`), { channel: null })}
      {assignee && chip(name, { assignee: null })}
    </div>
  );
}

function Search({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const t = useTranslations("inbox");
  const [text, setText] = useState(q);
  const field = useRef<HTMLInputElement>(null);
  const settled = useDebounced(text.trim(), 250);
  useEffect(() => {
    if (settled !== q) onSearch(settled);
    // Only what was typed is passed up; the address may change for other reasons.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);
  useKeys({ "/": () => field.current?.focus() });
  return (
    <div className="relative min-w-0 flex-1">
      <SearchIcon aria-hidden className="absolute inset-y-0 start-2.5 my-auto size-4 text-muted-foreground" />
      <Input
        ref={field}
        type="search"
        aria-label={t("search")}
        aria-keyshortcuts="/"
        placeholder={t("search")}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        className="h-8 ps-8"
      />
    </div>
  );
}
