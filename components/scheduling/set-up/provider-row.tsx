"use client";
import { useQuery } from "@tanstack/react-query";
import { CalendarClockIcon, GripVerticalIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import type { ComponentProps } from "react";
import { isolate } from "@/components/i18n/isolate";
import { useClinic } from "@/components/shared/clinic-context";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { LOCALE_NAMES, localeOf } from "@/lib/core/locales";
import { ColorDot } from "./color-dot";
import { type Provider, servicesSetUpQuery } from "./set-up-queries";
import { useWallWords } from "./words";

interface ProviderRowProps {
  provider: Provider;
  isDragged: boolean;
  row: ComponentProps<"li">;
  /** Without one, the order is not this reader's to change. */
  handle: ComponentProps<"button"> | undefined;
  onOpen: () => void;
}

/** Who they are, what they do, and when they work today. */
export function ProviderRow({ provider, isDragged, row, handle, onOpen }: ProviderRowProps) {
  const t = useTranslations("setUp.providers");
  const format = useFormatter();
  const words = useWallWords();
  const { slug } = useClinic();
  const services = useQuery(servicesSetUpQuery(slug)).data?.filter(
    ({ id, is_active }) => is_active && provider.service_ids.includes(id),
  );
  const { id, name, kind, color, languages, user, hours_today: hours } = provider;
  return (
    <li {...row} className={cn("flex items-center gap-1 ps-1 pe-3", isDragged && "opacity-50")}>
      {handle ? (
        <Button
          {...handle}
          variant="ghost"
          size="iconSm"
          className="cursor-grab"
          aria-label={t("move", { name: isolate(name) })}
        >
          <GripVerticalIcon aria-hidden />
        </Button>
      ) : (
        <span className="w-2" />
      )}
      <button
        type="button"
        onClick={onOpen}
        className="grid min-w-0 flex-1 gap-x-4 gap-y-1 rounded-md px-2 py-3 text-start hover:bg-muted sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_11rem] sm:items-center"
      >
        <span className="min-w-0">
          <span className="flex items-center gap-2">
            <ColorDot color={color} />
            <span className="truncate text-sm font-medium">{name}</span>
            {user && <Badge tone="primary">{t("hasLogin")}</Badge>}
          </span>
          <span className="mt-0.5 block truncate ps-4.5 text-xs text-muted-foreground">
            {t(`kinds.${kind}`)} · {languages.map((tag) => LOCALE_NAMES[localeOf(tag) ?? "en"]).join(", ")}
          </span>
        </span>
        <span className={cn("line-clamp-2 text-xs", services?.length === 0 ? "text-warning" : "text-muted-foreground")}>
          {services?.length === 0 ? t("noServices") : format.list((services ?? []).map((one) => one.name))}
        </span>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-xs text-muted-foreground tabular-nums">
          {hours.length === 0 && t("offToday")}
          {hours.map((span) => (
            <span key={span.from} className="whitespace-nowrap">
              {words.span(span)}
            </span>
          ))}
        </span>
      </button>
      <Button asChild variant="ghost" size="icon">
        <Link href={`/c/${slug}/schedule?provider=${id}`} aria-label={t("hoursOf", { name: isolate(name) })}>
          <CalendarClockIcon aria-hidden />
        </Link>
      </Button>
    </li>
  );
}
