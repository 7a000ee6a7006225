"use client";
import { CircleHelpIcon, SearchIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { Bell } from "@/components/notifications/bell";
import { LiveIndicator } from "@/components/shared/live-indicator";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Tooltip } from "@/components/ui/tooltip";
import { ClinicSwitcher } from "./clinic-switcher";
import { LanguageMenu } from "./language-menu";
import { ThemeMenu } from "./theme-menu";
import { type ShellUser, UserMenu } from "./user-menu";

interface TopBarProps {
  user: ShellUser;
  onSearch: () => void;
  onHelp: () => void;
}

const noSubscription = () => () => undefined;
const paletteKeys = () => (/mac|iphone|ipad/i.test(navigator.platform) ? "⌘ K" : "Ctrl K");

export function TopBar({ user, onSearch, onHelp }: TopBarProps) {
  const t = useTranslations("nav");
  const keys = useSyncExternalStore(noSubscription, paletteKeys, () => "Ctrl K");
  return (
    <header className="flex h-13 shrink-0 items-center gap-1 border-b bg-card px-2 md:px-4">
      <div className="min-w-0 flex-1 md:hidden">
        <ClinicSwitcher />
      </div>
      <button
        type="button"
        onClick={onSearch}
        aria-keyshortcuts="Control+K Meta+K"
        className="hidden h-8 w-80 items-center gap-2 rounded-md border bg-background px-2.5 text-sm text-muted-foreground transition-colors hover:border-input hover:text-foreground md:flex"
      >
        <SearchIcon aria-hidden className="size-4 shrink-0" />
        <span className="flex-1 truncate text-start">{t("search")}</span>
        <Kbd>{keys}</Kbd>
      </button>
      <div className="hidden flex-1 md:block" />
      <LiveIndicator />
      <Button variant="ghost" size="icon" aria-label={t("search")} className="md:hidden" onClick={onSearch}>
        <SearchIcon aria-hidden />
      </Button>
      <div className="hidden items-center gap-1 md:flex">
        <Tooltip label={t("shortcuts")} keys="?">
          <Button variant="ghost" size="icon" aria-label={t("shortcuts")} onClick={onHelp}>
            <CircleHelpIcon aria-hidden />
          </Button>
        </Tooltip>
        <LanguageMenu isSignedIn />
        <ThemeMenu />
      </div>
      <Bell />
      <UserMenu user={user} />
    </header>
  );
}
