import { useFormatter, useTranslations } from "next-intl";
import { useWallWords } from "@/components/scheduling/set-up/words";
import type { EntryItem, OfferItem } from "@/lib/waitlist/schema";

type Words = ReturnType<typeof useTranslations<"inbox.suppressed">>;
const isKnown = (t: Words, key: string): key is "other" => t.has(key as "other"); // the named cast: keys are checked by `has`

/** The send gate's word for why somebody was not asked; undefined for a word that it doesn't have. */
export function useHeldBack(): (reason: string) => string | undefined {
  const t = useTranslations("inbox.suppressed");
  return (reason) => (isKnown(t, reason) ? t(reason) : undefined);
}

/** What became of an offer, in a few words. */
export function useOutcome(): (offer: OfferItem) => string {
  const t = useTranslations("waitlist.offer");
  const heldBack = useHeldBack();
  return ({ status, reason }) => {
    if (status !== "refused") return t(`status.${status}`);
    if (reason === "no_way" || reason === "unreachable") return t("noWay");
    if (reason === "failed") return t("failed");
    return heldBack(reason ?? "") ?? t("status.refused");
  };
}

/** The days and hours that suit somebody, in one line. */
export function useWishes(): (entry: EntryItem) => string[] {
  const t = useTranslations("waitlist.list");
  const wall = useWallWords();
  const format = useFormatter();
  return ({ weekdays, not_before: from, not_after: to, first_day: first, last_day: last }) => {
    const days =
      weekdays.length > 0
        ? [
            format.list(
              weekdays.map((day) => wall.weekday(day, "short")),
              { type: "unit" },
            ),
          ]
        : [];
    const hours =
      from && to
        ? [t("between", { from: wall.time(from), to: wall.time(to) })]
        : from
          ? [t("from", { time: wall.time(from) })]
          : to
            ? [t("until", { time: wall.time(to) })]
            : [];
    const dates =
      first && last
        ? [wall.days(first, last)]
        : first
          ? [t("fromDay", { day: wall.day(first) })]
          : last
            ? [t("untilDay", { day: wall.day(last) })]
            : [];
    const all = [...dates, ...days, ...hours];
    return all.length > 0 ? all : [t("anyTime")];
  };
}
