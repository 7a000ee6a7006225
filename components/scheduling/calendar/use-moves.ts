"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { isolate } from "@/components/i18n/isolate";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { instantAt, wallOf } from "../wall";
import type { GridProps, Place } from "./grid";
import { type Card, type ColumnsBy, NO_CHAIR, type Sheet } from "./model";
import { minutesLong, type Move, reverseOf, useMove } from "./move";
import { useCellWords } from "./use-cell-words";

interface MovesAsk {
  sheet: Sheet;
  by: ColumnsBy;
  say: (words: string) => void;
}

/** Moving and resizing: at once, with a way back, and back by itself with the reason when the book says no. */
export function useMoves({ sheet, by, say }: MovesAsk) {
  const t = useTranslations("calendar.move");
  const common = useTranslations("common");
  const words = useErrorWords();
  const { clock, noChair } = useCellWords();
  const { slug, timeZone } = useClinic();
  const move = useMove(slug);
  /** A new sheet of the same cards: the grid shows its events anew, where the data has them. */
  const [again, setAgain] = useState(0);
  const putBack = () => setAgain((times) => times + 1);
  const columnName = (id: string) => sheet.columns.find((column) => column.id === id)?.name || noChair;

  const run = (card: Card, what: Move, done: string) => {
    const { visit } = card;
    const name = isolate(visit.patient.name);
    const undo = () =>
      move.mutate(reverseOf(visit, what), {
        onSuccess: () =>
          void toast.success(t("back", { name, time: clock(wallOf(visit.starts_at, timeZone).minutes) })),
        onError: (error) => void toast.error(words(error)),
      });
    move.mutate(what, {
      onSuccess: () => void toast.success(done, { action: { label: common("undo"), onClick: undo } }),
      onError: (error) => {
        putBack();
        const refused = t("refused", { name, reason: words(error) });
        say(refused);
        toast.error(refused);
      },
    });
  };
  const moveTo = (card: Card, place: Place) => {
    const { visit, from, day, columnId } = card;
    if (place.day === day && place.minutes === from && place.columnId === columnId) return putBack();
    const shift = instantAt(place.day, place.minutes, timeZone).getTime() - instantAt(day, from, timeZone).getTime();
    const what: Move = {
      id: visit.id,
      starts_at: new Date(Date.parse(visit.starts_at) + shift).toISOString(),
      ...(by === "provider" ? { provider_id: place.columnId } : {}),
      ...(by === "chair" && place.columnId !== NO_CHAIR ? { operatory_id: place.columnId } : {}),
    };
    const said = { name: isolate(visit.patient.name), time: clock(place.minutes) };
    const isOther = by === "provider" && place.columnId !== columnId;
    const done = isOther ? t("movedTo", { ...said, provider: isolate(columnName(place.columnId)) }) : t("moved", said);
    run(card, what, done);
  };
  const resize = (card: Card, byMinutes: number) => {
    const minutes = minutesLong(card.visit) + byMinutes;
    if (byMinutes === 0 || minutes < 5) return putBack();
    const what: Move = { id: card.visit.id, starts_at: card.visit.starts_at, duration_minutes: minutes };
    run(card, what, t("resized", { name: isolate(card.visit.patient.name), minutes }));
  };
  const announce: GridProps["announce"] = (card, place, to) => {
    const name = isolate(card.visit.patient.name);
    if (!place) return say(t("stays", { name, time: clock(card.from) }));
    const where = { time: clock(place.minutes), column: isolate(columnName(place.columnId)) };
    const isTaken = to === undefined && place.minutes === card.from && place.columnId === card.columnId;
    say(
      isTaken
        ? t("taken", { name, ...where })
        : to === undefined
          ? t("at", where)
          : t("until", { ...where, to: clock(to) }),
    );
  };
  return { move: moveTo, resize, announce, putBack, sheet: again > 0 ? { ...sheet } : sheet };
}
