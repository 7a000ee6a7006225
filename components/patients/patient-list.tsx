"use client";
import { useQuery } from "@tanstack/react-query";
import { DownloadIcon, FilterXIcon, SlidersHorizontalIcon, UploadIcon, UserPlusIcon, UsersIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import { ErrorState } from "@/components/shared/error-state";
import { useKeys } from "@/components/shared/keys";
import { PageHeader } from "@/components/shared/page-header";
import { SearchField } from "@/components/shared/search-field";
import { Button } from "@/components/ui/button";
import { Sheet, SheetContent, SheetTitle } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { may } from "@/lib/identity/permissions";
import { ImportDialog } from "./import-dialog";
import { countFilters, filterQuery, listQuery, NO_FILTERS, useListParams, type Filters } from "./list-params";
import { NewPatientDialog } from "./new-patient-dialog";
import { Paging } from "./paging";
import { PatientFilters } from "./patient-filters";
import { PatientCards, PatientTable } from "./patient-rows";
import { patientListQuery } from "./queries";

/** All patients of the clinic: found, narrowed, sorted; the address keeps what one looks at. */
export function PatientList() {
  const t = useTranslations("patients");
  const { slug, role } = useClinic();
  const [params, setParams] = useListParams();
  const [open, setOpen] = useState<"new" | "import" | "filters">();
  const list = useQuery(patientListQuery(slug, listQuery(params)));
  const narrow = (change: Partial<Filters>) => void setParams({ ...change, page: null });
  const filtered = countFilters(params);
  const mayWrite = may(role, "patient.write");
  useKeys({ n: () => mayWrite && setOpen("new") });

  return (
    <div className="mx-auto grid w-full max-w-7xl grid-cols-1 gap-4 p-4 md:p-6 lg:p-8">
      <PageHeader
        title={t("title")}
        description={list.data && <Total total={list.data.total} isCapped={list.data.total_capped} />}
        actions={<Actions onOpen={setOpen} query={filterQuery(params)} />}
      />
      <div className="flex gap-2">
        <SearchField label={t("search")} q={params.q} onSearch={(q) => void setParams({ q: q || null, page: null })} />
        <Button size="lg" className="h-9 md:hidden" onClick={() => setOpen("filters")}>
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
      <div className="grid gap-3 max-md:hidden md:grid-cols-4 xl:grid-cols-[repeat(5,minmax(0,1fr))_repeat(2,10rem)]">
        <PatientFilters filters={params} onChange={narrow} />
      </div>
      {list.isPending && <ListSkeleton />}
      {list.isError && !list.data && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && (
        <NobodyThere
          isNarrowed={filtered > 0 || params.q !== "" || params.page > 1}
          onClear={() => void setParams({ ...NO_FILTERS, q: null })}
          onNew={mayWrite ? () => setOpen("new") : undefined}
        />
      )}
      {list.data && list.data.items.length > 0 && (
        <>
          <PatientTable
            patients={list.data.items}
            isStale={list.isPlaceholderData}
            sort={params.sort}
            onSort={(sort) => void setParams({ sort, page: null })}
          />
          <PatientCards patients={list.data.items} isStale={list.isPlaceholderData} />
          <Paging list={list.data} onPage={(page) => void setParams({ page: page === 1 ? null : page })} />
        </>
      )}
      <Sheet open={open === "filters"} onOpenChange={() => setOpen(undefined)}>
        <SheetContent side="bottom" className="md:hidden">
          <SheetTitle>{t("filters.open")}</SheetTitle>
          <div className="grid gap-4 overflow-y-auto px-4 pb-4">
            <PatientFilters filters={params} onChange={narrow} />
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
      {open === "new" && <NewPatientDialog name={params.q} onClose={() => setOpen(undefined)} />}
      {open === "import" && <ImportDialog onClose={() => setOpen(undefined)} />}
    </div>
  );
}

function Total({ total, isCapped }: { total: number; isCapped?: boolean | undefined }) {
  const t = useTranslations("patients");
  return <span role="status">{isCapped ? t("countCapped", { count: total }) : t("count", { count: total })}</span>;
}

function Actions({ onOpen, query }: { onOpen: (what: "new" | "import") => void; query: URLSearchParams }) {
  const t = useTranslations("patients");
  const { slug, role } = useClinic();
  return (
    <>
      {may(role, "patient.export") && (
        <Button asChild>
          <a href={`/api/clinic/${slug}/patients/export?${query}`} download>
            <DownloadIcon aria-hidden />
            {t("export")}
          </a>
        </Button>
      )}
      {may(role, "patient.import") && (
        <Button onClick={() => onOpen("import")}>
          <UploadIcon aria-hidden />
          {t("importOpen")}
        </Button>
      )}
      {may(role, "patient.write") && (
        <Button variant="primary" onClick={() => onOpen("new")}>
          <UserPlusIcon aria-hidden />
          {t("new")}
        </Button>
      )}
    </>
  );
}

interface NobodyThereProps {
  isNarrowed: boolean;
  onClear: () => void;
  onNew: (() => void) | undefined;
}

function NobodyThere({ isNarrowed, onClear, onNew }: NobodyThereProps) {
  const t = useTranslations("patients");
  if (isNarrowed)
    return (
      <EmptyState
        icon={UsersIcon}
        title={t("noMatch")}
        text={t("noMatchText")}
        action={<Button onClick={onClear}>{t("clear")}</Button>}
      />
    );
  return (
    <EmptyState
      icon={UsersIcon}
      title={t("empty")}
      text={t("emptyText")}
      action={
        onNew && (
          <Button variant="primary" onClick={onNew}>
            {t("new")}
          </Button>
        )
      }
    />
  );
}

function ListSkeleton() {
  return (
    <div className="grid gap-2 md:gap-0 md:rounded-lg md:border md:bg-card">
      {Array.from({ length: 10 }, (_, at) => (
        <div
          key={at}
          className="flex items-center gap-3 rounded-lg border p-3 md:rounded-none md:border-0 md:border-b md:px-4"
        >
          <Skeleton className="size-8 rounded-full" />
          <Skeleton className="h-4 w-40" />
          <Skeleton className="ms-auto h-4 w-24 md:w-1/3" />
        </div>
      ))}
    </div>
  );
}
