"use client";
import { CalendarClockIcon } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { useState } from "react";
import { snoozeTimes } from "@/components/messaging/snooze-times";
import { MomentDialog } from "@/components/scheduling/moment-dialog";
import { useClinic } from "@/components/shared/clinic-context";
import { LocalTime } from "@/components/shared/local-time";
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
import type { TaskItem } from "@/lib/messaging/tasks/schema";
import type { Act } from "./acts";
import { groupOf } from "./groups";

interface DueMenuProps {
  task: TaskItem;
  mayAct: boolean;
  onAct: (act: Act) => void;
}

const SHOWN = { weekday: "short", hour: "numeric", minute: "2-digit" } as const;

/** When a task is due, and putting it off. */
export function DueMenu({ task, mayAct, onAct }: DueMenuProps) {
  const t = useTranslations("tasks");
  const snooze = useTranslations("inbox.snooze");
  const format = useFormatter();
  const { timeZone } = useClinic();
  const now = useNow({ updateInterval: 60_000 });
  const [isPicking, setPicking] = useState(false);
  const group = groupOf(task, now, timeZone);
  const look = cn("text-xs tabular-nums", group === "overdue" && "text-warning");
  // The heading says the day of today's and tomorrow's.
  const due = <LocalTime at={task.due_at} show={group === "today" || group === "tomorrow" ? "time" : "dayTime"} />;
  if (!mayAct) return <span className={cn(look, "px-2 text-muted-foreground")}>{due}</span>;
  const putOff = (at: Date) => onAct({ act: "due", at: at.toISOString() });
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button
            variant="ghost"
            size="sm"
            aria-label={t("dueAt", { at: format.dateTime(new Date(task.due_at), SHOWN) })}
            className={look}
          >
            <CalendarClockIcon aria-hidden className="size-3.5" />
            {due}
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" className="min-w-60">
          <DropdownMenuLabel>{t("putOff")}</DropdownMenuLabel>
          {snoozeTimes(now, timeZone).map(({ preset, at }) => (
            <DropdownMenuItem key={preset} onSelect={() => putOff(at)}>
              {snooze(`presets.${preset}`)}
              <span className="ms-auto ps-4 text-xs text-muted-foreground tabular-nums">
                {format.dateTime(at, preset === "inAWeek" ? { ...SHOWN, day: "numeric", month: "short" } : SHOWN)}
              </span>
            </DropdownMenuItem>
          ))}
          <DropdownMenuSeparator />
          <DropdownMenuItem onSelect={() => setPicking(true)}>
            {snooze("pick")}
            <CalendarClockIcon aria-hidden className="ms-auto" />
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {isPicking && (
        <MomentDialog title={t("duePick")} submit={t("save")} onChoose={putOff} onClose={() => setPicking(false)} />
      )}
    </>
  );
}
