"use client";
import { useQuery } from "@tanstack/react-query";
import { CalendarSyncIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import { ErrorState } from "@/components/shared/error-state";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import type { SlotItem } from "@/lib/waitlist/schema";
import { slotsQuery } from "./queries";
import { SlotCard } from "./slot-card";

/** The freed times: those being offered, then what became of the latest. */
export function Slots({ mayAct }: { mayAct: boolean }) {
  const t = useTranslations("waitlist.slots");
  const { slug } = useClinic();
  const slots = useQuery(slotsQuery(slug));
  const open = slots.data?.items.filter(({ status }) => status === "open") ?? [];
  const ended = slots.data?.items.filter(({ status }) => status !== "open") ?? [];
  return (
    <section aria-label={t("title")} className="grid gap-3">
      {slots.isPending && <SlotsSkeleton />}
      {slots.isError && !slots.data && <ErrorState error={slots.error} retry={() => void slots.refetch()} />}
      {slots.data?.items.length === 0 && (
        <Card>
          <EmptyState icon={CalendarSyncIcon} title={t("empty")} text={t("emptyText")} className="py-8" />
        </Card>
      )}
      <Group title={t("live")} slots={open} mayAct={mayAct} />
      <Group title={t("earlier")} slots={ended} mayAct={mayAct} />
    </section>
  );
}

function Group({ title, slots, mayAct }: { title: string; slots: SlotItem[]; mayAct: boolean }) {
  if (slots.length === 0) return null;
  return (
    <>
      <h2 className="mt-1 px-1 text-xs font-medium text-muted-foreground">{title}</h2>
      <ul aria-label={title} className="grid items-start gap-3 md:grid-cols-2 xl:grid-cols-3">
        {slots.map((slot) => (
          <li key={slot.id}>
            <SlotCard slot={slot} mayAct={mayAct} />
          </li>
        ))}
      </ul>
    </>
  );
}

function SlotsSkeleton() {
  return (
    <div className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
      {Array.from({ length: 3 }, (_, at) => (
        <Card key={at} className="grid gap-3 p-4">
          <Skeleton className="h-4 w-1/2" />
          <Skeleton className="h-3 w-2/3" />
          <Skeleton className="h-8 w-full" />
        </Card>
      ))}
    </div>
  );
}
