"use client";
import { useQuery } from "@tanstack/react-query";
import { GripVerticalIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { isolate } from "@/components/i18n/isolate";
import { useClinic } from "@/components/shared/clinic-context";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ColorDot } from "./color-dot";
import { digitsOf } from "./service-form";
import { SegmentsBar } from "./segments-bar";
import { providersSetUpQuery, type Service } from "./set-up-queries";

interface ServiceRowProps {
  service: Service;
  isDragged: boolean;
  row: ComponentProps<"li">;
  /** Without one, the order is not this reader's to change. */
  handle: ComponentProps<"button"> | undefined;
  onOpen: () => void;
}

export function ServiceRow({ service, isDragged, row, handle, onOpen }: ServiceRowProps) {
  const t = useTranslations("setUp.services");
  const format = useFormatter();
  const { slug, currency } = useClinic();
  const people = useQuery(providersSetUpQuery(slug)).data?.filter(
    ({ id, is_active }) => is_active && service.provider_ids.includes(id),
  );
  const { name, duration_minutes, buffer_before_minutes, buffer_after_minutes, segments, value } = service;
  return (
    <li {...row} className={cn("flex items-center gap-1 ps-1 pe-4", isDragged && "opacity-50")}>
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
        className="grid min-w-0 flex-1 grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1 rounded-md px-2 py-3 text-start hover:bg-muted sm:grid-cols-[minmax(0,1fr)_8rem_5rem_6rem]"
      >
        <span className="min-w-0">
          <span className="flex items-center gap-2">
            <ColorDot color={service.color} />
            <span className="truncate text-sm font-medium">{name}</span>
            {!service.is_online && <Badge tone="outline">{t("deskOnly")}</Badge>}
          </span>
          <span
            className={cn(
              "mt-0.5 block truncate ps-4.5 text-xs",
              people?.length === 0 ? "text-warning" : "text-muted-foreground",
            )}
          >
            {people?.length === 0 ? t("nobodyLeads") : format.list((people ?? []).map((one) => one.name)) || "\u00a0"}
          </span>
        </span>
        <span className="max-sm:hidden">
          <SegmentsBar
            isSmall
            segments={segments}
            durationMinutes={duration_minutes}
            bufferBefore={buffer_before_minutes}
            bufferAfter={buffer_after_minutes}
          />
        </span>
        <span className="text-end text-sm text-muted-foreground tabular-nums">
          {t("minutes", { minutes: duration_minutes })}
        </span>
        <span className="text-end text-sm tabular-nums max-sm:hidden">
          {value !== undefined && value > 0
            ? format.number(value / 10 ** digitsOf(currency), { style: "currency", currency, maximumFractionDigits: 0 })
            : ""}
        </span>
      </button>
    </li>
  );
}
