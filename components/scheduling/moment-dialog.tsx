"use client";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { useState } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { Field } from "@/components/shared/field";
import { ZoneNote } from "@/components/shared/local-time";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { addDays, instantAt, isDay, minutesOf, wallOf } from "./wall";

interface MomentDialogProps {
  title: string;
  submit: string;
  onChoose: (at: Date) => void;
  onClose: () => void;
}

const MOST_DAYS = 365;
const SHOWN = {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "numeric",
  minute: "2-digit",
} as const;

/** Any day and time to come, within a year, by the clinic's clock; what was chosen is said in words. */
export function MomentDialog({ title, submit, onChoose, onClose }: MomentDialogProps) {
  const t = useTranslations("common.moment");
  const format = useFormatter();
  const { timeZone } = useClinic();
  const now = useNow({ updateInterval: 30_000 });
  const today = wallOf(now, timeZone).day;
  const [day, setDay] = useState(() => addDays(today, 1));
  const [time, setTime] = useState("09:00");
  const isWhole = isDay(day) && /^\d{2}:\d{2}/.test(time);
  const at = isWhole ? instantAt(day, minutesOf(time), timeZone) : undefined;
  const isAhead = at !== undefined && at > now && day <= addDays(today, MOST_DAYS);
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent className="max-w-sm">
        <DialogHeader>
          <DialogTitle>{title}</DialogTitle>
          <DialogDescription>
            {t("hint")}
            <ZoneNote />
          </DialogDescription>
        </DialogHeader>
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (!at || !isAhead) return;
            onChoose(at);
            onClose();
          }}
        >
          <div className="grid grid-cols-[3fr_2fr] gap-3">
            <Field label={t("day")}>
              {(control) => (
                <Input
                  {...control}
                  type="date"
                  min={today}
                  max={addDays(today, MOST_DAYS)}
                  value={day}
                  onChange={(event) => setDay(event.target.value)}
                />
              )}
            </Field>
            <Field label={t("time")}>
              {(control) => (
                <Input {...control} type="time" value={time} onChange={(event) => setTime(event.target.value)} />
              )}
            </Field>
          </div>
          <p role="status" className={isAhead ? "text-sm text-muted-foreground" : "text-sm text-danger"}>
            {isAhead ? format.dateTime(at, SHOWN) : t("ahead")}
          </p>
          <DialogFooter>
            <Button onClick={onClose}>{t("cancel")}</Button>
            <Button type="submit" variant="primary" disabled={!isAhead}>
              {submit}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
