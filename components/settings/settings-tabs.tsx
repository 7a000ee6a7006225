"use client";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useClinic } from "@/components/shared/clinic-context";
import { cn } from "@/components/ui/cn";
import { type ClinicAction, may } from "@/lib/identity/permissions";

const TABS = [
  { page: "channels", needs: "channel.write" },
  { page: "templates", needs: "template.write" },
  { page: "notifications", needs: "notification.read" },
] as const satisfies readonly { page: string; needs: ClinicAction }[];

/** The settings' pages that this member may open. */
export function SettingsTabs() {
  const t = useTranslations("settings");
  const { slug, role } = useClinic();
  const path = usePathname();
  return (
    <nav aria-label={t("title")} className="flex gap-4 overflow-x-auto border-b">
      {TABS.filter(({ needs }) => may(role, needs)).map(({ page }) => {
        const href = `/c/${slug}/settings/${page}`;
        const isHere = path === href;
        return (
          <Link
            key={page}
            href={href}
            aria-current={isHere ? "page" : undefined}
            className={cn(
              "-mb-px border-b-2 border-transparent py-2 text-sm whitespace-nowrap text-muted-foreground transition-colors hover:text-foreground",
              isHere && "border-primary font-medium text-foreground",
            )}
          >
            {t(`tabs.${page}`)}
          </Link>
        );
      })}
    </nav>
  );
}
