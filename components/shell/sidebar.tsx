"use client";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useClinic } from "@/components/shared/clinic-context";
import { cn } from "@/components/ui/cn";
import { Tooltip } from "@/components/ui/tooltip";
import { ClinicSwitcher } from "./clinic-switcher";
import { hrefOf, pagesFor, pathOf, type NavigationItem } from "./navigation";
import { TasksWaiting } from "./tasks-waiting";

const GROUPS = ["work", "setUp"] as const;

/** A full sidebar on a wide screen, a rail of icons on a tablet, nothing on a phone (there the bottom bar is). */
export function Sidebar() {
  const t = useTranslations("nav");
  const pages = pagesFor(useClinic().role);
  return (
    <aside className="hidden w-14 shrink-0 flex-col border-e bg-sidebar md:flex lg:w-58">
      <div className="flex h-13 items-center px-2">
        <ClinicSwitcher />
      </div>
      <nav aria-label={t("label")} className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-2 py-2">
        {GROUPS.map((group) => (
          <section key={group} aria-label={t(`groups.${group}`)}>
            {group === "setUp" && (
              <p aria-hidden className="px-2 pb-1 text-2xs font-medium text-muted-foreground max-lg:hidden">
                {t("groups.setUp")}
              </p>
            )}
            <ul className="flex flex-col gap-0.5">
              {pages
                .filter((item) => item.group === group)
                .map((item) => (
                  <SidebarLink key={item.page} item={item} />
                ))}
            </ul>
          </section>
        ))}
      </nav>
    </aside>
  );
}

function SidebarLink({ item: { page, icon: Icon, key } }: { item: NavigationItem }) {
  const t = useTranslations("nav");
  const { slug, role } = useClinic();
  const isHere = usePathname().startsWith(pathOf(slug, page));
  return (
    <li>
      <Tooltip label={t(page)} keys={key?.toUpperCase()} side={undefined}>
        <Link
          href={hrefOf(slug, page, role)}
          aria-current={isHere ? "page" : undefined}
          className={cn(
            "relative flex h-8 items-center gap-2.5 rounded-md px-2 text-sm font-medium text-muted-foreground transition-colors hover:bg-accent hover:text-foreground max-lg:h-10 max-lg:justify-center",
            isHere && "bg-card text-foreground shadow-raised ring-1 ring-border hover:bg-card",
          )}
        >
          <Icon aria-hidden className={cn("size-4 shrink-0", isHere && "text-primary-text")} />
          <span className="max-lg:sr-only">{t(page)}</span>
          {page === "tasks" && <TasksWaiting className="ms-auto max-lg:absolute max-lg:end-0 max-lg:top-0" />}
        </Link>
      </Tooltip>
    </li>
  );
}
