"use client";
import { useTranslations } from "next-intl";
import { useClinic } from "@/components/shared/clinic-context";
import { useToastError } from "@/components/shared/error-words";
import { Button } from "@/components/ui/button";
import { type SetUpArea, useSetUp } from "./set-up-queries";

interface RetiredProps {
  area: SetUpArea;
  items: readonly { id: string; name: string }[];
  isReadOnly: boolean;
}

/** What is out of use and can be taken back. */
export function Retired({ area, items, isReadOnly }: RetiredProps) {
  const t = useTranslations("setUp.retire");
  const { slug } = useClinic();
  const act = useSetUp(slug, area);
  const onError = useToastError();
  if (items.length === 0) return null;
  return (
    <details className="rounded-lg border bg-card">
      <summary className="cursor-pointer px-4 py-3 text-sm font-medium text-muted-foreground">
        {t("retired", { count: items.length })}
      </summary>
      <ul className="divide-y border-t">
        {items.map(({ id, name }) => (
          <li key={id} className="flex min-h-11 items-center justify-between gap-3 px-4 py-1 text-sm">
            <span className="truncate text-muted-foreground">{name}</span>
            {!isReadOnly && (
              <Button size="sm" disabled={act.isPending} onClick={() => act.mutate({ restore: id }, { onError })}>
                {t("restore")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
