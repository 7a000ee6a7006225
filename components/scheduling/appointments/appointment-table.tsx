"use client";
import { useQuery } from "@tanstack/react-query";
import { CalendarRangeIcon, DownloadIcon, FilterXIcon, SlidersHorizontalIcon, UploadIcon } from "lucide-react";
import { useNow, useTranslations } from "next-intl";
import { useState } from "react";
import { Paging } from "@/components/patients/paging";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import { ErrorState } from "@/components/shared/error-state";
import { ZoneNote } from "@/components/shared/local-time";
import { PageHeader } from "@/components/shared/page-header";
import { SearchField } from "@/components/shared/search-field";
import { Button } from "@/components/ui/button";
import { Sheet, SheetContent, SheetTitle } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { may } from "@/lib/identity/permissions";
import { VisitSheet } from "../visit-sheet";
import { wallOf } from "../wall";
import { BulkBar } from "./bulk-bar";
import { AppointmentFilters } from "./filters";
import { ImportBookDialog } from "./import-book-dialog";
import { countFilters, filterQuery, NO_FILTERS, sortOf, tableQuery, useTableParams, type Filters } from "./params";
import { tableQueryOf } from "./queries";
import { VisitCards, VisitTable, type RowsProps } from "./rows";

/** All visits of the clinic: found, narrowed, sorted, acted on; the address keeps what one looks at. */
export function AppointmentTable() {
  const t = useTranslations("appointments");
  const { slug, role, timeZone } = useClinic();
  const today = wallOf(useNow(), timeZone).day;
  const [params, setParams] = useTableParams();
  const [open, setOpen] = useState<"import" | "filters">();
  const list = useQuery(tableQueryOf(slug, tableQuery(params, today)));
  const { rows, bar, sheet } = useRows(list.data?.items ?? [], list.isPlaceholderData);
  const narrow = (change: Partial<Filters>) => void setParams({ ...change, page: null });
  const filtered = countFilters(params);
  const filters = <AppointmentFilters filters={params} today={today} onChange={narrow} />;
  return (
    <div className="mx-auto grid w-full max-w-7xl grid-cols-1 gap-4 p-4 md:p-6 lg:p-8">
      <PageHeader
        title={t("title")}
        description={
          list.data && (
            <>
              <span role="status">
                {t(list.data.total_capped ? "countCapped" : "count", { count: list.data.total })}
              </span>
              <ZoneNote />
            </>
          )
        }
        actions={<Actions query={filterQuery(params, today)} onImport={() => setOpen("import")} />}
      />
      <div className="flex gap-2">
        <SearchField label={t("search")} q={params.q} onSearch={(q) => void setParams({ q: q || null, page: null })} />
        <Button size="lg" className="h-9 lg:hidden" onClick={() => setOpen("filters")}>
          <SlidersHorizontalIcon aria-hidden />
          {filtered > 0 ? t("filters.openCount", { count: filtered }) : t("filters.open")}
        </Button>
        {filtered > 0 && (
          <Button variant="ghost" className="h-9 max-md:hidden" onClick={() => void setParams(NO_FILTERS)}>
            <FilterXIcon aria-hidden />
            {t("clear")}
          </Button>
        )}
      </div>
      <div className="grid gap-3 max-lg:hidden lg:grid-cols-4 xl:grid-cols-7">{filters}</div>
      {list.isPending && <TableSkeleton />}
      {list.isError && !list.data && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && (
        <EmptyState
          icon={CalendarRangeIcon}
          title={t("empty")}
          text={t(filtered > 0 || params.q ? "noMatchText" : "emptyText")}
          action={
            (filtered > 0 || params.q !== "") && (
              <Button onClick={() => void setParams({ ...NO_FILTERS, q: null })}>{t("clear")}</Button>
            )
          }
        />
      )}
      {list.data && list.data.items.length > 0 && (
        <>
          <VisitTable {...rows} sort={sortOf(params)} onSort={(sort) => void setParams({ sort, page: null })} />
          <VisitCards {...rows} />
          <Paging list={list.data} onPage={(page) => void setParams({ page: page === 1 ? null : page })} />
        </>
      )}
      {may(role, "appointment.write") && bar.ids.length > 0 && <BulkBar {...bar} />}
      <Sheet open={open === "filters"} onOpenChange={() => setOpen(undefined)}>
        <SheetContent side="bottom" className="lg:hidden">
          <SheetTitle>{t("filters.open")}</SheetTitle>
          <div className="grid gap-4 overflow-y-auto px-4 pb-4">
            {filters}
            <div className="flex gap-2">
              <Button className="flex-1" onClick={() => void setParams(NO_FILTERS)}>
                {t("clear")}
              </Button>
              <Button variant="primary" className="flex-1" onClick={() => setOpen(undefined)}>
                {t("filters.done")}
              </Button>
            </div>
          </div>
        </SheetContent>
      </Sheet>
      <VisitSheet {...sheet} />
      {open === "import" && <ImportBookDialog onClose={() => setOpen(undefined)} />}
    </div>
  );
}

/** Which visits are marked, which one is open, and what the last act on many refused. */
function useRows(visits: RowsProps["visits"], isStale: boolean) {
  const { role } = useClinic();
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const [openId, setOpenId] = useState<string>();
  const onMark = (ids: string[], isMarked: boolean) => {
    const next = new Set(marked);
    for (const id of ids)
      if (isMarked) next.add(id);
      else next.delete(id);
    setMarked(next);
  };
  const here = visits.filter(({ id }) => marked.has(id)).map(({ id }) => id);
  const rows = {
    ...{ visits, isStale, refused, onMark, onOpen: (visit: { id: string }) => setOpenId(visit.id) },
    marked: may(role, "appointment.write") ? marked : undefined,
  };
  const bar = { ids: here, onClear: () => setMarked(new Set()), onRefused: setRefused };
  const sheet = { visit: visits.find(({ id }) => id === openId), onClose: () => setOpenId(undefined) };
  return { rows, bar, sheet };
}

function Actions({ query, onImport }: { query: URLSearchParams; onImport: () => void }) {
  const t = useTranslations("appointments");
  const { slug, role } = useClinic();
  return (
    <>
      {may(role, "appointment.export") && (
        <Button asChild>
          <a href={`/api/clinic/${slug}/appointments/export?${query}`} download>
            <DownloadIcon aria-hidden />
            {t("export")}
          </a>
        </Button>
      )}
      {may(role, "appointment.import") && (
        <Button onClick={onImport}>
          <UploadIcon aria-hidden />
          {t("import.open")}
        </Button>
      )}
    </>
  );
}

function TableSkeleton() {
  return (
    <div className="grid gap-2 md:gap-0 md:rounded-lg md:border md:bg-card">
      {Array.from({ length: 10 }, (_, at) => (
        <div
          key={at}
          className="flex h-13 items-center gap-4 rounded-lg border p-3 md:rounded-none md:border-0 md:border-b md:px-4"
        >
          <Skeleton className="h-4 w-32" />
          <Skeleton className="h-4 w-40" />
          <Skeleton className="ms-auto h-4 w-24" />
        </div>
      ))}
    </div>
  );
}
