"use client";
import { PlusIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { Season } from "./queries";
import { useWallWords } from "./words";

export const NEW_SEASON = "new";
/** The usual week has no key, a season its first day. */
export const seasonKey = ({ valid_from, valid_to }: Pick<Season, "valid_from" | "valid_to">) =>
  valid_from ?? `-${valid_to}`;

interface SeasonTabsProps {
  seasons: readonly Season[];
  chosen: string | null;
  onChoose: (key: string | null) => void;
  isReadOnly: boolean;
}

/** The usual week, and the seasons in which other hours hold. */
export function SeasonTabs({ seasons, chosen, onChoose, isReadOnly }: SeasonTabsProps) {
  const t = useTranslations("setUp.schedule");
  const words = useWallWords();
  const nameOf = ({ valid_from, valid_to }: Season) =>
    valid_from && valid_to ? words.days(valid_from, valid_to) : t("openSeason");
  const tabs = [
    { key: null, name: t("usualWeek") },
    ...seasons.map((season) => ({ key: seasonKey(season), name: nameOf(season) })),
    ...(chosen === NEW_SEASON ? [{ key: NEW_SEASON, name: t("newSeason") }] : []),
  ];
  return (
    <div
      className="scroll-slim flex min-w-0 items-center gap-1 overflow-x-auto"
      role="group"
      aria-label={t("whichWeek")}
    >
      {tabs.map(({ key, name }) => (
        <button
          key={key ?? "usual"}
          type="button"
          aria-pressed={key === chosen}
          onClick={() => onChoose(key)}
          className={cn(
            "h-7 shrink-0 rounded-md px-2.5 text-xs font-medium whitespace-nowrap text-muted-foreground transition-colors hover:bg-accent hover:text-foreground pointer-coarse:h-10",
            key === chosen && "bg-muted text-foreground",
          )}
        >
          {name}
        </button>
      ))}
      {!isReadOnly && chosen !== NEW_SEASON && (
        <Button variant="ghost" size="sm" onClick={() => onChoose(NEW_SEASON)}>
          <PlusIcon aria-hidden />
          {t("addSeason")}
        </Button>
      )}
    </div>
  );
}
