"use client";
import { CircleAlertIcon, LockIcon, RotateCwIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ApiError } from "@/lib/http/client";
import { EmptyState } from "./empty-state";
import { useErrorWords } from "./error-words";

interface ErrorStateProps {
  error: unknown;
  retry?: () => void;
  className?: string;
}

/** What went wrong and what to do about it; a refusal for want of permission looks like one. */
export function ErrorState({ error, retry, className }: ErrorStateProps) {
  const t = useTranslations("common");
  const words = useErrorWords();
  if (error instanceof ApiError && error.code === "FORBIDDEN") return <DeniedState className={className} />;
  const requestId = error instanceof ApiError && error.code === "INTERNAL" ? error.requestId : undefined;
  return (
    <div role="alert" className={cn("flex flex-col items-center px-6 py-10 text-center", className)}>
      <span className="mb-3 flex size-10 items-center justify-center rounded-full bg-danger-soft">
        <CircleAlertIcon aria-hidden className="size-5 text-danger" />
      </span>
      <p className="max-w-sm font-medium text-balance">{words(error)}</p>
      {requestId && (
        <p className="mt-1 text-xs text-muted-foreground">
          {t("requestId")} <bdi>{requestId}</bdi>
        </p>
      )}
      {retry && (
        <Button className="mt-4" onClick={retry}>
          <RotateCwIcon aria-hidden />
          {t("retry")}
        </Button>
      )}
    </div>
  );
}

export function DeniedState({ className }: { className?: string }) {
  const t = useTranslations("common");
  return <EmptyState as="h1" icon={LockIcon} title={t("deniedTitle")} text={t("deniedText")} className={className} />;
}
