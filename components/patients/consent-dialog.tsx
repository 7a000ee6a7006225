"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Alert } from "@/components/shared/alert";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { Field } from "@/components/shared/field";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { ApiError } from "@/lib/http/client";
import type { PatientDetail } from "@/lib/patients/schema";
import { CHANNELS_AT, PURPOSES } from "./consent-words";
import { useSetConsent } from "./queries";
import { pathsOf } from "./refusals";

const SOURCES = ["in_person", "phone", "paper_form", "web_form", "email", "message"] as const;
const STATES = ["out", "in"] as const;

/** What somebody told a member about messages, with where from: the evidence beside the member's name. */
export function ConsentDialog({ patient, onClose }: { patient: PatientDetail; onClose: () => void }) {
  const t = useTranslations("patients.consent");
  const record = useTranslations("patients.record");
  const words = useErrorWords();
  const { slug } = useClinic();
  const save = useSetConsent(slug, patient.id);
  const ways = patient.contact_points.flatMap((point) =>
    CHANNELS_AT[point.kind].map((channel) => ({ key: `${point.id} ${channel}`, point, channel })),
  );
  const [form, setForm] = useState({
    ...{ way: ways[0]?.key ?? "", purpose: "marketing", state: "out", source: "in_person", words: "" },
  });
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const wrong = pathsOf(save.error);
  const isBlocked = save.error instanceof ApiError && save.error.code === "OPTED_OUT";
  const way = ways.find(({ key }) => key === form.way);

  const submit = () => {
    if (!way) return;
    const { purpose, source } = form;
    const said = { contact_point_id: way.point.id, channel: way.channel, purpose, source };
    const state = STATES.find((one) => one === form.state) ?? "out";
    save.mutate(
      { ...said, state, ...(form.words.trim() ? { words: form.words.trim() } : {}) },
      {
        onSuccess: () => {
          toast.success(t("saved"));
          onClose();
        },
      },
    );
  };

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent aria-describedby={undefined} className="max-w-md">
        <DialogHeader>
          <DialogTitle>{t("changeTitle")}</DialogTitle>
        </DialogHeader>
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          {save.isError && wrong.length === 0 && <Alert>{isBlocked ? t("blocked") : words(save.error)}</Alert>}
          <Choice
            label={t("channel")}
            value={form.way}
            options={ways.map(({ key, point, channel }) => [
              key,
              `${t(`channels.${channel}`)} · \u2066${point.value}\u2069`,
            ])}
            onChange={(key) => set({ way: key })}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <Choice
              label={t("purpose")}
              value={form.purpose}
              options={PURPOSES.map((one) => [one, t(`purposes.${one}`)])}
              onChange={(purpose) => set({ purpose })}
            />
            <Choice
              label={t("answer")}
              value={form.state}
              options={STATES.map((one) => [one, t(`answers.${one}`)])}
              onChange={(state) => set({ state })}
            />
          </div>
          <Choice
            label={t("source")}
            value={form.source}
            options={SOURCES.map((one) => [one, t(`sources.${one}`)])}
            onChange={(source) => set({ source })}
          />
          <Field label={t("words")} hint={t("wordsHint")} error={wrong.includes("words") ? t("needWords") : undefined}>
            {(control) => (
              <Textarea
                {...control}
                maxLength={500}
                value={form.words}
                onChange={(e) => set({ words: e.target.value })}
              />
            )}
          </Field>
          <DialogFooter>
            <Button variant="ghost" onClick={onClose}>
              {record("cancel")}
            </Button>
            <Button type="submit" variant="primary" disabled={save.isPending || !way}>
              {t("save")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: [string, string][];
  onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <Field label={label}>
      {(control) => (
        <Select value={value} onValueChange={onChange}>
          <SelectTrigger {...control} className="h-9">
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            {options.map(([key, words]) => (
              <SelectItem key={key} value={key}>
                {words}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      )}
    </Field>
  );
}
