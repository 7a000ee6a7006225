"use client";
import { AlarmClockIcon, AlarmClockOffIcon, CalendarClockIcon } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { useState } from "react";
import { MomentDialog } from "@/components/scheduling/moment-dialog";
import { useClinic } from "@/components/shared/clinic-context";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { Act } from "./acts";
import type { Conversation } from "./queries";
import { snoozeTimes } from "./snooze-times";

interface SnoozeMenuProps {
  conversation: Conversation;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onAct: (act: Act) => void;
}

const FORMAT = { weekday: "short", hour: "numeric", minute: "2-digit" } as const;

/** When a thread comes back, by the clinic's clock; it comes back by itself when the patient writes. */
export function SnoozeMenu({ conversation, isOpen, onOpenChange, onAct }: SnoozeMenuProps) {
  const t = useTranslations("inbox.snooze");
  const format = useFormatter();
  const { timeZone } = useClinic();
  const now = useNow({ updateInterval: 60_000 });
  const [isPicking, setPicking] = useState(false);
  const until = conversation.snoozed_until;
  const isAsleep = until !== null && Date.parse(until) > now.getTime();
  const Icon = isAsleep ? AlarmClockOffIcon : AlarmClockIcon;
  return (
    <>
      <DropdownMenu open={isOpen} onOpenChange={onOpenChange}>
        <DropdownMenuTrigger asChild>
          <Button
            variant="ghost"
            size="icon"
            aria-label={t("label")}
            aria-keyshortcuts="S"
            title={t("label")}
            className={cn(isAsleep && "text-primary-text")}
          >
            <Icon aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" className="min-w-60">
          <DropdownMenuLabel>{t("hint")}</DropdownMenuLabel>
          {snoozeTimes(now, timeZone).map(({ preset, at }) => (
            <DropdownMenuItem key={preset} onSelect={() => onAct({ act: "snooze", until: at.toISOString() })}>
              {t(`presets.${preset}`)}
              <span className="ms-auto ps-4 text-xs text-muted-foreground tabular-nums">
                {format.dateTime(at, preset === "inAWeek" ? { ...FORMAT, day: "numeric", month: "short" } : FORMAT)}
              </span>
            </DropdownMenuItem>
          ))}
          <DropdownMenuItem onSelect={() => setPicking(true)}>
            {t("pick")}
            <CalendarClockIcon aria-hidden className="ms-auto" />
          </DropdownMenuItem>
          {isAsleep && (
            <>
              <DropdownMenuSeparator />
              <DropdownMenuItem onSelect={() => onAct({ act: "snooze", until: null })}>
                <AlarmClockOffIcon aria-hidden />
                {t("wake")}
              </DropdownMenuItem>
            </>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      {isPicking && (
        <MomentDialog
          title={t("pickTitle")}
          submit={t("label")}
          onChoose={(at) => onAct({ act: "snooze", until: at.toISOString() })}
          onClose={() => setPicking(false)}
        />
      )}
    </>
  );
}
