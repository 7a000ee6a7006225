"use client";
import { AlarmClockIcon, LeafIcon, MoreHorizontalIcon, UserMinusIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import { ColorDot } from "@/components/scheduling/set-up/color-dot";
import { useClinic } from "@/components/shared/clinic-context";
import { LocalTime } from "@/components/shared/local-time";
import { PersonName } from "@/components/shared/person-name";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { EntryItem } from "@/lib/waitlist/schema";
import { useWaitlistActs } from "./acts";
import { useWishes } from "./words";

const COLUMNS = ["patient", "service", "wants", "since", "urgency", "offers"] as const;
const WIDTHS = {
  patient: "w-[22%]",
  service: "w-[20%]",
  wants: "w-[24%]",
  since: "w-[13%]",
  urgency: "w-[11%]",
  offers: "w-[10%] max-lg:hidden",
} as const;

interface RowsProps {
  entries: EntryItem[];
  mayAct: boolean;
}

/** The list on a wide screen. */
export function EntryTable({ entries, mayAct, isStale }: RowsProps & { isStale: boolean }) {
  const t = useTranslations("waitlist.list");
  return (
    <Card className={cn("overflow-hidden max-md:hidden", isStale && "opacity-60")}>
      <table aria-label={t("table")} className="w-full table-fixed text-sm">
        <thead>
          <tr className="border-b text-xs text-muted-foreground [&>th]:px-4 [&>th]:py-2 [&>th]:text-start [&>th]:font-medium">
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className={WIDTHS[column]}>
                {t(`columns.${column}`)}
              </th>
            ))}
            {mayAct && <td className="w-12" />}
          </tr>
        </thead>
        <tbody className="divide-y">
          {entries.map((entry) => (
            <EntryRow key={entry.id} entry={entry} mayAct={mayAct} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function EntryRow({ entry, mayAct }: { entry: EntryItem; mayAct: boolean }) {
  const t = useTranslations("waitlist.list");
  return (
    <tr className="align-top [&>td]:px-4 [&>td]:py-2.5">
      <td>
        <Who entry={entry} />
      </td>
      <td>
        <What entry={entry} />
      </td>
      <td>
        <Wants entry={entry} />
      </td>
      <td>
        <Since entry={entry} />
      </td>
      <td>
        <Urgency urgency={entry.urgency} />
      </td>
      <td className="text-muted-foreground tabular-nums max-lg:hidden">
        {t("offersHad", { count: entry.offers_had })}
      </td>
      {mayAct && (
        <td className="px-1!">
          <EntryMenu entry={entry} />
        </td>
      )}
    </tr>
  );
}

/** The same on a phone. */
export function EntryCards({ entries, mayAct }: RowsProps) {
  const t = useTranslations("waitlist.list");
  return (
    <ul aria-label={t("table")} className="divide-y rounded-lg border bg-card shadow-raised md:hidden">
      {entries.map((entry) => (
        <li key={entry.id} className="flex items-start gap-2 px-4 py-3 text-sm">
          <div className="grid min-w-0 flex-1 gap-1.5">
            <Who entry={entry} />
            <What entry={entry} />
            <Wants entry={entry} />
            <div className="flex flex-wrap items-center gap-2 text-xs text-muted-foreground">
              <Urgency urgency={entry.urgency} />
              <Since entry={entry} />
            </div>
          </div>
          {mayAct && <EntryMenu entry={entry} />}
        </li>
      ))}
    </ul>
  );
}

function Who({ entry }: { entry: EntryItem }) {
  const t = useTranslations("waitlist.list");
  const format = useFormatter();
  const { slug } = useClinic();
  const at = entry.visit && new Date(entry.visit.starts_at);
  const time = at && format.dateTime(at, { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" });
  return (
    <div className="min-w-0">
      <Link
        href={`/c/${slug}/patients/${entry.patient.id}`}
        className="block max-w-fit rounded-sm font-medium hover:underline"
      >
        <PersonName>{entry.patient.name}</PersonName>
      </Link>
      <p className="text-xs text-muted-foreground">{time ? t("keeps", { time }) : t("noVisit")}</p>
    </div>
  );
}

function What({ entry }: { entry: EntryItem }) {
  const t = useTranslations("waitlist.list");
  const names = entry.providers.map(({ name }) => name).join(", ");
  return (
    <div className="min-w-0">
      <p className="flex min-w-0 items-center gap-1.5">
        <ColorDot color={entry.service.color} />
        <span className="truncate">{entry.service.name}</span>
      </p>
      <p className="truncate text-xs text-muted-foreground">{names || t("anyProvider")}</p>
    </div>
  );
}

function Wants({ entry }: { entry: EntryItem }) {
  const wishes = useWishes();
  return (
    <div className="min-w-0">
      <p>{wishes(entry).join(" · ")}</p>
      {entry.note && (
        <p dir="auto" className="truncate text-xs text-muted-foreground">
          {entry.note}
        </p>
      )}
    </div>
  );
}

function Since({ entry }: { entry: EntryItem }) {
  const t = useTranslations("waitlist.list");
  return (
    <p className="text-muted-foreground">
      <LocalTime at={entry.asked_at} show="day" />
      <span className="block text-xs max-md:inline max-md:before:content-['_·_']">{t(`source.${entry.source}`)}</span>
    </p>
  );
}

function Urgency({ urgency }: { urgency: EntryItem["urgency"] }) {
  const t = useTranslations("waitlist.urgency");
  if (urgency === "urgent")
    return (
      <Badge tone="warning">
        <AlarmClockIcon aria-hidden />
        {t("urgent")}
      </Badge>
    );
  return (
    <Badge tone="outline">
      {urgency === "flexible" && <LeafIcon aria-hidden />}
      {t(urgency)}
    </Badge>
  );
}

function EntryMenu({ entry }: { entry: EntryItem }) {
  const t = useTranslations("waitlist.list");
  const acts = useWaitlistActs();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={t("more", { name: entry.patient.name })} className="-my-1">
          <MoreHorizontalIcon aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={() => acts.remove(entry)}>
          <UserMinusIcon aria-hidden />
          {t("remove")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
