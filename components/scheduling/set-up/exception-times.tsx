"use client";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Field } from "@/components/shared/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Switch } from "@/components/ui/switch";
import type { NewException } from "./queries";

interface ExceptionTimesProps {
  form: NewException;
  onChange: (part: Partial<NewException>) => void;
}

/** From which day to which, and at which times of each; extra hours always have times. */
export function ExceptionTimes({ form, onChange }: ExceptionTimesProps) {
  const t = useTranslations("setUp.schedule");
  const id = useId();
  const { kind, day_from, day_to, from_time, to_time } = form;
  const isBackward = day_from > day_to;
  const isTimed = from_time !== null && to_time !== null;
  return (
    <>
      <div className="grid grid-cols-2 gap-4">
        <Field label={t("dayFrom")}>
          {(control) => (
            <Input
              {...control}
              type="date"
              required
              value={day_from}
              onChange={({ target: { value } }) =>
                onChange({ day_from: value, ...(value > day_to || day_from === day_to ? { day_to: value } : {}) })
              }
            />
          )}
        </Field>
        <Field label={t("dayTo")} {...(isBackward ? { error: t("problems.backward") } : {})}>
          {(control) => (
            <Input
              {...control}
              type="date"
              required
              min={day_from}
              value={day_to}
              onChange={(event) => onChange({ day_to: event.target.value })}
            />
          )}
        </Field>
      </div>
      {kind === "closed" && (
        <div className="flex items-center gap-3">
          <Switch
            id={id}
            checked={!isTimed}
            onCheckedChange={(isWhole) =>
              onChange(isWhole ? { from_time: null, to_time: null } : { from_time: "12:00", to_time: "17:00" })
            }
          />
          <Label htmlFor={id}>{t("wholeDays")}</Label>
        </div>
      )}
      {isTimed && (
        <div className="grid grid-cols-2 gap-4">
          <Field label={t("timeFrom")}>
            {(control) => (
              <Input
                {...control}
                type="time"
                step={300}
                value={from_time}
                onChange={(event) => onChange({ from_time: event.target.value })}
              />
            )}
          </Field>
          <Field label={t("timeTo")} {...(from_time >= to_time ? { error: t("problems.backward") } : {})}>
            {(control) => (
              <Input
                {...control}
                type="time"
                step={300}
                value={to_time === "24:00" ? "00:00" : to_time}
                onChange={({ target: { value } }) => onChange({ to_time: value === "00:00" ? "24:00" : value })}
              />
            )}
          </Field>
        </div>
      )}
    </>
  );
}
