"use client";
import { useFormatter, useTranslations } from "next-intl";
import { PersonName } from "@/components/shared/person-name";
import { cn } from "@/components/ui/cn";
import { VisitStatusBadge } from "../visit-status";
import { noonOf } from "../wall";
import type { Card, ColumnsBy, Sheet } from "./model";
import { useCellWords } from "./use-cell-words";

interface DayListProps {
  sheet: Sheet;
  by: ColumnsBy;
  /** Absent on paper. */
  onOpen?: (visitId: string) => void;
}

/** The sheet as tables, one a column: what a reader of screens is read, and what is printed. */
export function DayList({ sheet, by, onOpen }: DayListProps) {
  const t = useTranslations("calendar");
  const columns = sheet.columns.filter(({ id }) => sheet.cards.some(({ columnId }) => columnId === id));
  return (
    <div className="grid gap-6">
      {columns.map((column) => (
        <section key={column.id} className="break-inside-avoid-page">
          <h2 className="mb-1.5 flex items-baseline gap-2 text-sm font-semibold">
            <bdi>{column.name || t("noChair")}</bdi>
            <span className="text-xs font-normal text-muted-foreground">{t("visits", { count: column.count })}</span>
          </h2>
          <CardTable
            cards={sheet.cards
              .filter(({ columnId }) => columnId === column.id)
              .sort((a, b) => a.day.localeCompare(b.day) || a.from - b.from)}
            isWeek={sheet.days.length > 1}
            by={by}
            onOpen={onOpen}
          />
        </section>
      ))}
    </div>
  );
}

interface CardTableProps extends Pick<DayListProps, "by"> {
  cards: Card[];
  isWeek: boolean;
  onOpen: DayListProps["onOpen"];
}

function CardTable({ cards, isWeek, by, onOpen }: CardTableProps) {
  const t = useTranslations("calendar.list");
  const heads = ["time", "patient", "service", by === "provider" ? "chair" : "provider", "status", "note"] as const;
  return (
    <table className="w-full table-fixed border-separate border-spacing-0 rounded-md border text-sm print:rounded-none">
      <thead>
        <tr className="text-start text-xs text-muted-foreground">
          {heads.map((head) => (
            <th
              key={head}
              scope="col"
              className="border-b px-3 py-1.5 text-start font-medium first:w-44 max-lg:nth-6:hidden print:nth-6:table-cell"
            >
              {t(head)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {cards.map((card) => (
          <CardRow key={card.id} {...{ card, isWeek, by, onOpen }} />
        ))}
      </tbody>
    </table>
  );
}

function CardRow({ card, isWeek, by, onOpen }: Omit<CardTableProps, "cards"> & { card: Card }) {
  const format = useFormatter();
  const { clock } = useCellWords();
  const { visit } = card;
  const name = (
    <PersonName className={cn("font-medium", visit.state === "cancelled" && "line-through")}>
      {visit.patient.name}
    </PersonName>
  );
  return (
    <tr className="[&>td]:border-b [&>td]:px-3 [&>td]:py-1.5 [&:last-child>td]:border-b-0">
      <td className="whitespace-nowrap tabular-nums">
        {isWeek && `${format.dateTime(noonOf(card.day), { weekday: "short", day: "numeric", timeZone: "UTC" })} · `}
        {clock(card.from)} – {clock(card.to)}
      </td>
      <td className="truncate">
        {onOpen ? (
          <button type="button" className="max-w-full text-start hover:underline" onClick={() => onOpen(visit.id)}>
            {name}
          </button>
        ) : (
          name
        )}
        {visit.patient.phone && (
          <bdi dir="ltr" className="block text-xs text-muted-foreground">
            {visit.patient.phone}
          </bdi>
        )}
      </td>
      <td className="truncate">
        <bdi>{visit.service.name}</bdi>
      </td>
      <td className="truncate">
        <bdi>{by === "provider" ? (visit.operatory?.name ?? "—") : visit.provider.name}</bdi>
      </td>
      <td>
        <VisitStatusBadge visit={visit} />
      </td>
      <td className="truncate text-xs text-muted-foreground max-lg:hidden print:table-cell">{visit.note}</td>
    </tr>
  );
}
