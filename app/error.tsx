"use client";
import { CircleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { FullPage } from "@/components/shared/full-page";
import { Button } from "@/components/ui/button";

export default function BrokenPage({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations("common");
  return (
    <FullPage
      icon={CircleAlertIcon}
      title={t("brokenTitle")}
      text={t("brokenText")}
      action={<Button onClick={reset}>{t("retry")}</Button>}
    />
  );
}
