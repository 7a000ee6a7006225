"use client";
import { useQuery } from "@tanstack/react-query";
import { HourglassIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { Paging } from "@/components/patients/paging";
import { useClinic } from "@/components/shared/clinic-context";
import { useDebounced } from "@/components/shared/debounced";
import { EmptyState } from "@/components/shared/empty-state";
import { ErrorState } from "@/components/shared/error-state";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { EntryCards, EntryTable } from "./entry-rows";
import { EntryFilters } from "./entry-filters";
import { entriesQuery, URGENCIES } from "./queries";

const PARAMS = {
  q: parseAsString.withDefault(""),
  service: parseAsString,
  provider: parseAsString,
  urgency: parseAsStringLiteral(URGENCIES),
  page: parseAsInteger.withDefault(1),
};

/** Who waits; the address keeps which of them one looks at. */
export function Entries({ mayAct }: { mayAct: boolean }) {
  const t = useTranslations("waitlist.list");
  const { slug } = useClinic();
  const [filters, setParams] = useQueryStates(PARAMS, { history: "replace" });
  const q = useDebounced(filters.q.trim());
  const list = useQuery(entriesQuery(slug, { ...filters, q }));
  const isFiltered = Boolean(filters.q || filters.service || filters.provider || filters.urgency);
  return (
    <section aria-labelledby="who-waits" className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="who-waits" className="flex items-baseline gap-2 px-1 text-sm font-semibold">
          {t("title")}
          {list.data && (
            <span className="text-xs font-normal text-muted-foreground tabular-nums">
              {t("count", { count: list.data.total })}
            </span>
          )}
        </h2>
        <EntryFilters filters={filters} onFilter={(next) => void setParams({ ...next, page: null })} />
      </div>
      {list.isPending && <Skeleton className="h-64 w-full rounded-lg" />}
      {list.isError && !list.data && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && (
        <Card>
          {isFiltered ? (
            <EmptyState
              icon={HourglassIcon}
              title={t("noMatch")}
              action={<Button onClick={() => void setParams(null)}>{t("clear")}</Button>}
            />
          ) : (
            <EmptyState icon={HourglassIcon} title={t("empty")} text={t("emptyText")} />
          )}
        </Card>
      )}
      {list.data && list.data.items.length > 0 && (
        <>
          <EntryTable entries={list.data.items} mayAct={mayAct} isStale={list.isPlaceholderData} />
          <EntryCards entries={list.data.items} mayAct={mayAct} />
          <Paging list={list.data} onPage={(page) => void setParams({ page: page === 1 ? null : page })} />
        </>
      )}
    </section>
  );
}
