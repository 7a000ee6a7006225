"use client";
import { useQuery } from "@tanstack/react-query";
import { PlusIcon, StethoscopeIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import { ErrorState } from "@/components/shared/error-state";
import { PageHeader } from "@/components/shared/page-header";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { may } from "@/lib/identity/permissions";
import { Chairs } from "./chairs";
import { useOrder } from "./order";
import { ProviderRow } from "./provider-row";
import { ProviderSheet } from "./provider-sheet";
import { Retired } from "./retired";
import { type Provider, providersSetUpQuery } from "./set-up-queries";

const NEW = "new";

/** Whose time is booked, and the chairs it is booked in. */
export function Providers() {
  const t = useTranslations("setUp.providers");
  const { slug, role } = useClinic();
  const providers = useQuery(providersSetUpQuery(slug));
  const [open, setOpen] = useQueryState("provider", parseAsString);
  const isReadOnly = !may(role, "provider.write");
  const items = providers.data ?? [];
  const active = items.filter(({ is_active }) => is_active);
  const chosen = items.find(({ id }) => id === open);
  const add = (
    <Button variant="primary" onClick={() => void setOpen(NEW)}>
      <PlusIcon aria-hidden />
      {t("add")}
    </Button>
  );
  return (
    <div className="mx-auto grid w-full max-w-5xl gap-5 p-4 md:p-6">
      <PageHeader
        title={t("title")}
        description={t(isReadOnly ? "textReadOnly" : "text")}
        actions={!isReadOnly && add}
      />
      {providers.isPending && <Skeleton className="h-96 w-full rounded-lg" />}
      {providers.isError && <ErrorState error={providers.error} retry={() => void providers.refetch()} />}
      {providers.data && active.length === 0 && (
        <EmptyState icon={StethoscopeIcon} title={t("empty")} text={t("emptyText")} action={!isReadOnly && add} />
      )}
      {active.length > 0 && (
        <ActiveProviders providers={active} isReadOnly={isReadOnly} onOpen={(id) => void setOpen(id)} />
      )}
      <Retired area="providers" items={items.filter(({ is_active }) => !is_active)} isReadOnly={isReadOnly} />
      <Chairs isReadOnly={isReadOnly} />
      {(chosen ?? open === NEW) && (
        <ProviderSheet key={open} provider={chosen} isReadOnly={isReadOnly} onClose={() => void setOpen(null)} />
      )}
    </div>
  );
}

interface ActiveProvidersProps {
  providers: readonly Provider[];
  isReadOnly: boolean;
  onOpen: (id: string) => void;
}

function ActiveProviders({ providers, isReadOnly, onOpen }: ActiveProvidersProps) {
  const t = useTranslations("setUp.providers");
  const order = useOrder("providers", providers);
  return (
    <Card className="gap-0 p-0">
      <ul className="divide-y" aria-label={t("title")}>
        {order.shown.map((provider, index) => (
          <ProviderRow
            key={provider.id}
            provider={provider}
            isDragged={order.dragged === provider.id}
            row={order.row(index)}
            handle={isReadOnly ? undefined : order.handle(provider.id, index)}
            onOpen={() => onOpen(provider.id)}
          />
        ))}
      </ul>
    </Card>
  );
}
