"use client";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/shared/local-time";
import { cn } from "@/components/ui/cn";
import { PersonName } from "@/components/shared/person-name";
import type { Block } from "./day-layout";
import { STANDINGS, standingOf } from "./visit-status";

const TONES = {
  neutral: "border-s-muted-foreground/50 bg-muted text-muted-foreground",
  info: "border-s-info bg-info-soft text-info",
  warning: "border-s-warning bg-warning-soft text-warning",
  primary: "border-s-primary bg-primary-soft text-primary-text",
  danger: "border-s-danger bg-danger-soft text-danger",
  violet: "border-s-violet bg-violet-soft text-violet",
  success: "border-s-success bg-success-soft text-success",
} as const;

/** Below this height only one line fits. */
const ONE_LINE_PX = 34;
const TIGHT_PX = 46;
const THREE_LINES_PX = 62;

interface VisitBlockProps {
  block: Block;
  top: number;
  height: number;
  onOpen: () => void;
}

export function VisitBlock({ block: { visit, lane, lanes }, top, height, onOpen }: VisitBlockProps) {
  const t = useTranslations("calendar");
  const standing = standingOf(visit);
  const { tone, icon: Icon } = STANDINGS[standing];
  const isGone = standing === "cancelled" || standing === "expired";
  const share = 100 / lanes;
  const isOneLine = height < ONE_LINE_PX;
  return (
    <li
      className="absolute px-px"
      style={{ top: top + 1, height: height - 2, insetInlineStart: `${lane * share}%`, width: `${share}%` }}
    >
      <button
        type="button"
        onClick={onOpen}
        className={cn(
          "flex size-full flex-col overflow-hidden rounded-sm border-s-3 px-2 py-1 text-start text-xs leading-snug ring-card transition-shadow hover:z-10 hover:shadow-float",
          height < TIGHT_PX && "py-0.5",
          isOneLine && "justify-center py-0",
          TONES[tone],
          (visit.state === "held" || visit.created_from === "SIMULATOR") && "hatched",
        )}
      >
        <span className="flex w-full min-w-0 items-center gap-1.5">
          <Icon aria-hidden className="size-3 shrink-0" />
          <PersonName className={cn("font-semibold text-foreground", isGone && "line-through")}>
            {visit.patient.name}
          </PersonName>
          <span className="sr-only">, {t(`standing.${standing}`)}</span>
          {isOneLine && <LocalTime at={visit.starts_at} className="shrink-0" />}
        </span>
        <span className={cn("w-full truncate", isOneLine && "sr-only")}>
          <LocalTime at={visit.starts_at} /> · <bdi>{visit.service.name}</bdi>
        </span>
        {height >= THREE_LINES_PX && (
          <span className="w-full truncate opacity-90">
            {t(`standing.${standing}`)}
            {visit.operatory && (
              <>
                {" "}
                · <bdi>{visit.operatory.name}</bdi>
              </>
            )}
          </span>
        )}
      </button>
    </li>
  );
}
