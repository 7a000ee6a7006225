"use client";
import { useQuery } from "@tanstack/react-query";
import { ChevronsUpDownIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { sessionQuery, useEnterClinic } from "@/components/identity/queries";
import { useClinic } from "@/components/shared/clinic-context";
import { useToastError } from "@/components/shared/error-words";
import { Avatar } from "@/components/ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Skeleton } from "@/components/ui/skeleton";

export function ClinicSwitcher() {
  const t = useTranslations("nav");
  const { slug, name } = useClinic();
  const [isOpen, setOpen] = useState(false);
  const session = useQuery({ ...sessionQuery, enabled: isOpen });
  const enter = useEnterClinic();
  const toastError = useToastError();

  return (
    <DropdownMenu open={isOpen} onOpenChange={setOpen}>
      <DropdownMenuTrigger
        aria-label={t("switchClinic", { clinic: name })}
        className="flex h-9 w-full min-w-0 items-center gap-2 rounded-md px-1.5 text-start transition-colors hover:bg-accent data-[state=open]:bg-accent max-lg:justify-center max-md:w-auto max-md:max-w-full"
      >
        <Avatar name={name} className="size-6 rounded-md text-2xs" />
        <span className="min-w-0 flex-1 truncate text-sm font-semibold md:max-lg:sr-only">{name}</span>
        <ChevronsUpDownIcon aria-hidden className="size-3.5 shrink-0 text-muted-foreground md:max-lg:hidden" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-60">
        <DropdownMenuLabel>{t("yourClinics")}</DropdownMenuLabel>
        {session.isPending && <Skeleton className="mx-2 my-2 h-4 w-36" />}
        {session.isError && <p className="px-2 py-1.5 text-sm text-muted-foreground">{name}</p>}
        <DropdownMenuRadioGroup value={slug} onValueChange={(to) => enter.mutate(to, { onError: toastError })}>
          {session.data?.clinics.map((clinic) => (
            <DropdownMenuRadioItem
              key={clinic.slug}
              value={clinic.slug}
              disabled={clinic.slug === slug}
              className="data-[disabled]:opacity-100"
            >
              <Avatar name={clinic.name} className="size-6 rounded-md text-2xs" />
              <span className="truncate">{clinic.name}</span>
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
