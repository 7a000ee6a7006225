"use client";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { Field } from "@/components/shared/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Switch } from "@/components/ui/switch";
import { type ServiceForm, withDuration } from "./service-form";

interface ServiceNumbersProps {
  form: ServiceForm;
  onChange: (form: ServiceForm) => void;
}

/** How long it takes, what it is worth, when it comes again, and who may book it. */
export function ServiceNumbers({ form, onChange }: ServiceNumbersProps) {
  const t = useTranslations("setUp.services");
  const { currency } = useClinic();
  const id = useId();
  const number = (
    label: string,
    value: number | string,
    change: (typed: string) => ServiceForm,
    most = 720,
    least = 0,
  ) => (
    <Field label={label}>
      {(control) => (
        <Input
          {...control}
          type="number"
          inputMode="numeric"
          min={least}
          max={most}
          value={value}
          onChange={(event) => onChange(change(event.target.value))}
          className="tabular-nums"
        />
      )}
    </Field>
  );
  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-3 items-end gap-3">
        {number(t("duration"), form.duration, (typed) => withDuration(form, Number(typed)), 720, 5)}
        {number(t("before"), form.before, (typed) => ({ ...form, before: Number(typed) }), 240)}
        {number(t("after"), form.after, (typed) => ({ ...form, after: Number(typed) }), 240)}
        {form.value !== undefined &&
          number(t("value", { currency }), form.value, (typed) => ({ ...form, value: typed }), 1_000_000)}
        {number(t("recall"), form.recallDays, (typed) => ({ ...form, recallDays: typed }), 3650, 1)}
        {number(t("dailyCap"), form.dailyCap, (typed) => ({ ...form, dailyCap: typed }), 500, 1)}
      </div>
      <div className="flex items-center gap-3">
        <Switch id={id} checked={form.isOnline} onCheckedChange={(isOnline) => onChange({ ...form, isOnline })} />
        <Label htmlFor={id}>{t("online")}</Label>
      </div>
    </div>
  );
}
