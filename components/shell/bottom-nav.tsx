"use client";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useClinic } from "@/components/shared/clinic-context";
import { cn } from "@/components/ui/cn";
import { pagesFor, pathOf } from "./navigation";

export function BottomNav() {
  const t = useTranslations("nav");
  const { slug, role } = useClinic();
  const path = usePathname();
  return (
    <nav aria-label={t("label")} className="pb-safe flex shrink-0 border-t bg-card md:hidden">
      {pagesFor(role).map(({ page, icon: Icon }) => {
        const isHere = path.startsWith(pathOf(slug, page));
        return (
          <Link
            key={page}
            href={pathOf(slug, page)}
            aria-current={isHere ? "page" : undefined}
            className={cn(
              "flex h-14 flex-1 flex-col items-center justify-center gap-0.5 text-2xs font-medium text-muted-foreground",
              isHere && "text-primary-text",
            )}
          >
            <Icon aria-hidden className="size-5" />
            {t(page)}
          </Link>
        );
      })}
    </nav>
  );
}
