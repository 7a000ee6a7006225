"use client";
import { ChevronLeftIcon, ChevronRightIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

interface PagingProps {
  list: { page: number; limit: number; total: number };
  onPage: (page: number) => void;
}

export function Paging({ list: { page, limit, total }, onPage }: PagingProps) {
  const t = useTranslations("patients");
  const pages = Math.max(1, Math.ceil(total / limit));
  if (pages === 1) return null;
  return (
    <nav aria-label={t("paging")} className="flex items-center justify-between gap-2">
      <Button disabled={page <= 1} onClick={() => onPage(page - 1)}>
        <ChevronLeftIcon aria-hidden className="mirror-rtl" />
        {t("previous")}
      </Button>
      <span className="text-sm text-muted-foreground">{t("page", { page, pages })}</span>
      <Button disabled={page >= pages} onClick={() => onPage(page + 1)}>
        {t("next")}
        <ChevronRightIcon aria-hidden className="mirror-rtl" />
      </Button>
    </nav>
  );
}
