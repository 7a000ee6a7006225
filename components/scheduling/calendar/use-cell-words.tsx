"use client";
import { useFormatter, useTranslations } from "next-intl";
import { useMemo } from "react";
import { isolate } from "@/components/i18n/isolate";
import { STANDINGS, type Standing } from "../visit-status";
import type { CellWords } from "./card-nodes";

const STANDING_NAMES = Object.keys(STANDINGS).filter((name): name is Standing => name in STANDINGS);

/** The standings' signs, drawn once out of sight, for the grid to copy. */
export const Signs = () => (
  <div hidden data-signs>
    {STANDING_NAMES.map((standing) => {
      const Icon = STANDINGS[standing].icon;
      return <Icon key={standing} aria-hidden data-sign={standing} />;
    })}
  </div>
);

const signOf = (standing: Standing): Node =>
  document.querySelector(`[data-signs] [data-sign="${standing}"]`)?.cloneNode(true) ?? document.createElement("span");

/** What the grid's cells say, in the reader's language and the clinic's digits. */
export function useCellWords(): CellWords {
  const t = useTranslations("calendar");
  const format = useFormatter();
  return useMemo(
    () => ({
      clock: (minutes) =>
        format.dateTime(new Date(Date.UTC(2000, 0, 1, 0, minutes)), {
          ...{ hour: "numeric", minute: "2-digit", timeZone: "UTC" },
        }),
      standing: (standing) => t(`standing.${standing}`),
      icon: signOf,
      late: (minutes) => t("card.late", { minutes }),
      heldFor: (minutes) => (minutes > 0 ? t("card.heldFor", { minutes }) : t("card.heldOver")),
      visits: (count) => t("visits", { count }),
      shade: ({ kind, words }) => {
        if (kind === "busy") return t("card.busy");
        if (kind === "closed") return "";
        return words ? t("card.offWhy", { reason: isolate(words) }) : t("card.off");
      },
      noChair: t("noChair"),
      openWeek: (name) => t("card.openWeek", { name }),
    }),
    [t, format],
  );
}
