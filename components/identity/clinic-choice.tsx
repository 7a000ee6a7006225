"use client";
import { Building2Icon, ChevronRightIcon, LandmarkIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { EmptyState } from "@/components/shared/empty-state";
import { useToastError } from "@/components/shared/error-words";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import type { ClinicRole } from "@/lib/identity/permissions";
import { useEnterClinic, useLogout } from "./queries";

interface ClinicChoiceProps {
  clinics: { slug: string; name: string; role: ClinicRole }[];
  isAtHq: boolean;
}

export function ClinicChoice({ clinics, isAtHq }: ClinicChoiceProps) {
  const t = useTranslations("auth.select");
  const nav = useTranslations("nav");
  const enter = useEnterClinic();
  const logout = useLogout();
  const toastError = useToastError();
  const isBusy = enter.isPending || enter.isSuccess;
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">{t("title")}</h1>
      <p className="mt-1 mb-6 text-muted-foreground">{t("text")}</p>
      <ul className="grid gap-2">
        {clinics.map((clinic) => (
          <li key={clinic.slug}>
            <button
              type="button"
              disabled={isBusy}
              onClick={() => enter.mutate(clinic.slug, { onError: toastError })}
              className="flex w-full items-center gap-3 rounded-lg border p-3 text-start transition-colors hover:border-ring hover:bg-accent disabled:opacity-60"
            >
              <Avatar name={clinic.name} className="size-10 rounded-md" />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{clinic.name}</span>
                <span className="block text-xs text-muted-foreground">{nav(`roles.${clinic.role}`)}</span>
              </span>
              <ChevronRightIcon aria-hidden className="mirror-rtl size-4 text-muted-foreground" />
            </button>
          </li>
        ))}
        {isAtHq && (
          <li>
            <Link
              href="/hq/clinics"
              className="flex items-center gap-3 rounded-lg border p-3 transition-colors hover:border-ring hover:bg-accent"
            >
              <span className="flex size-10 items-center justify-center rounded-md bg-muted">
                <LandmarkIcon aria-hidden className="size-5 text-muted-foreground" />
              </span>
              <span className="flex-1 font-medium">{t("hq")}</span>
              <ChevronRightIcon aria-hidden className="mirror-rtl size-4 text-muted-foreground" />
            </Link>
          </li>
        )}
      </ul>
      {clinics.length === 0 && !isAtHq && <EmptyState icon={Building2Icon} title={t("none")} text={t("noneText")} />}
      <Button variant="link" className="mt-6 justify-self-start self-start px-0" onClick={() => logout.mutate()}>
        {nav("logout")}
      </Button>
    </>
  );
}
