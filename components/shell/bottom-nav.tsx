"use client";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useClinic } from "@/components/shared/clinic-context";
import { cn } from "@/components/ui/cn";
import { pagesFor, pathOf } from "./navigation";
import { TasksWaiting } from "./tasks-waiting";

export function BottomNav() {
  const t = useTranslations("nav");
  const { slug, role } = useClinic();
  const path = usePathname();
  const pages = pagesFor(role).filter((item) => !item.isAside);
  return (
    <nav aria-label={t("label")} className="pb-safe flex shrink-0 border-t bg-card md:hidden">
      {pages.map(({ page, icon: Icon }) => {
        const isHere = path.startsWith(pathOf(slug, page));
        return (
          <Link
            key={page}
            href={pathOf(slug, page)}
            aria-current={isHere ? "page" : undefined}
            className={cn(
              "relative flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-2xs font-medium text-muted-foreground",
              isHere && "text-primary-text",
            )}
          >
            <Icon aria-hidden className="size-5" />
            <span className="max-w-full truncate">{t(page)}</span>
            {page === "tasks" && <TasksWaiting className="absolute start-1/2 top-1.5 ms-1.5" />}
          </Link>
        );
      })}
    </nav>
  );
}
