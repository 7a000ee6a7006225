"use client";
import { useQuery } from "@tanstack/react-query";
import { ClipboardListIcon, PlusIcon } from "lucide-react";
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
import { useOrder } from "./order";
import { Retired } from "./retired";
import { ServiceRow } from "./service-row";
import { ServiceSheet } from "./service-sheet";
import { type Service, servicesSetUpQuery } from "./set-up-queries";

const NEW = "new";

/** What can be booked: in the order in which patients are offered it. */
export function Services() {
  const t = useTranslations("setUp.services");
  const { slug, role } = useClinic();
  const services = useQuery(servicesSetUpQuery(slug));
  const [open, setOpen] = useQueryState("service", parseAsString);
  const isReadOnly = !may(role, "service.write");
  const items = services.data ?? [];
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
      {services.isPending && <Skeleton className="h-96 w-full rounded-lg" />}
      {services.isError && <ErrorState error={services.error} retry={() => void services.refetch()} />}
      {services.data && active.length === 0 && (
        <EmptyState icon={ClipboardListIcon} title={t("empty")} text={t("emptyText")} action={!isReadOnly && add} />
      )}
      {active.length > 0 && (
        <ActiveServices services={active} isReadOnly={isReadOnly} onOpen={(id) => void setOpen(id)} />
      )}
      <Retired area="services" items={items.filter(({ is_active }) => !is_active)} isReadOnly={isReadOnly} />
      {(chosen ?? open === NEW) && (
        <ServiceSheet key={open} service={chosen} isReadOnly={isReadOnly} onClose={() => void setOpen(null)} />
      )}
    </div>
  );
}

interface ActiveServicesProps {
  services: readonly Service[];
  isReadOnly: boolean;
  onOpen: (id: string) => void;
}

function ActiveServices({ services, isReadOnly, onOpen }: ActiveServicesProps) {
  const t = useTranslations("setUp.services");
  const order = useOrder("services", services);
  return (
    <Card className="gap-0 p-0">
      <ul className="divide-y" aria-label={t("title")}>
        {order.shown.map((service, index) => (
          <ServiceRow
            key={service.id}
            service={service}
            isDragged={order.dragged === service.id}
            row={order.row(index)}
            handle={isReadOnly ? undefined : order.handle(service.id, index)}
            onOpen={() => onOpen(service.id)}
          />
        ))}
      </ul>
    </Card>
  );
}
