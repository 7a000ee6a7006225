"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Alert } from "@/components/shared/alert";
import { useClinic } from "@/components/shared/clinic-context";
import { useDebounced } from "@/components/shared/debounced";
import { useErrorWords } from "@/components/shared/error-words";
import { Field } from "@/components/shared/field";
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
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { ExceptionTimes } from "./exception-times";
import { OverlappedVisits } from "./overlapped-visits";
import {
  type Exception,
  type NewException,
  previewQuery,
  type ProviderSchedule,
  type Schedule,
  useChangeSchedule,
} from "./queries";

const EVERYBODY = "all";

interface ExceptionDialogProps {
  exception: Exception | undefined;
  provider: ProviderSchedule;
  schedule: Schedule;
  onClose: () => void;
}

/** Time off, a holiday or extra hours; says before it is saved which visits it would overlap. */
export function ExceptionDialog({ exception, provider, schedule, onClose }: ExceptionDialogProps) {
  const t = useTranslations("setUp.schedule");
  const all = useTranslations("setUp");
  const { slug } = useClinic();
  const words = useErrorWords();
  const change = useChangeSchedule(slug);
  const [form, setForm] = useState<NewException>(exception ?? newFor(provider, schedule.today));
  const set = (part: Partial<NewException>) => setForm((before) => ({ ...before, ...part }));
  const isSound = isSoundException(form);
  const overlapped = useOverlapped(form, exception?.id, provider.id);
  const save = () => {
    const { reason, ...rest } = form;
    const json = { ...rest, reason: reason?.trim() ? reason.trim() : null };
    change.mutate(
      { exception: json, ...(exception ? { id: exception.id } : {}) },
      {
        onSuccess: ({ overlapped: left }) => {
          if (left.total > 0) toast.warning(t("savedOverlapping", { count: left.total }));
          else toast.success(t("saved"));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent className="top-[6vh] max-h-[88vh]">
        <DialogHeader>
          <DialogTitle>{t(exception ? "changeExceptionTitle" : "addException")}</DialogTitle>
          <DialogDescription>{t("exceptionText")}</DialogDescription>
        </DialogHeader>
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (isSound) save();
          }}
        >
          <div className="grid gap-4 sm:grid-cols-2">
            <Choice
              label={t("kind")}
              value={form.kind}
              options={[
                { value: "closed", label: t("kinds.closed") },
                { value: "extra", label: t("kinds.extra") },
              ]}
              onChange={(kind) =>
                set(
                  kind === "extra"
                    ? { kind, from_time: form.from_time ?? "09:00", to_time: form.to_time ?? "13:00" }
                    : { kind: "closed" },
                )
              }
            />
            <Choice
              label={t("who")}
              value={form.provider_id ?? EVERYBODY}
              options={[
                { value: EVERYBODY, label: t("wholeClinic") },
                ...schedule.providers
                  .filter((one) => one.is_active)
                  .map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChange={(id) => set({ provider_id: id === EVERYBODY ? null : id })}
            />
          </div>
          <ExceptionTimes form={form} onChange={set} />
          <Field label={t("reason")} hint={t("reasonHint")}>
            {(control) => (
              <Input
                {...control}
                maxLength={120}
                dir="auto"
                value={form.reason ?? ""}
                onChange={(event) => set({ reason: event.target.value })}
              />
            )}
          </Field>
          {isSound && overlapped && (
            <OverlappedVisits overlapped={overlapped} title={t("wouldOverlap", { count: overlapped.total })} />
          )}
          {change.isError && <Alert>{words(change.error)}</Alert>}
          <DialogFooter>
            <Button variant="ghost" onClick={onClose}>
              {all("cancel")}
            </Button>
            <Button type="submit" variant="primary" disabled={!isSound || change.isPending}>
              {all("save")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

const newFor = (provider: ProviderSchedule, today: string): NewException => ({
  provider_id: provider.id,
  kind: "closed",
  day_from: today,
  day_to: today,
  from_time: null,
  to_time: null,
  reason: null,
});

const isSoundException = ({ day_from, day_to, from_time, to_time }: NewException) =>
  day_from !== "" &&
  day_from <= day_to &&
  (from_time === null || to_time === null || (from_time !== "" && to_time !== "" && from_time < to_time));

/** The visits that it would leave outside the hours, once nobody types any more. */
function useOverlapped(form: NewException, replaces: string | undefined, providerId: string) {
  const { slug } = useClinic();
  const { reason: _, ...exception } = form;
  const settled = useDebounced(JSON.stringify({ exception, ...(replaces ? { replaces_id: replaces } : {}) }));
  const draft: object = JSON.parse(settled);
  const ask = { provider_id: providerId, from: form.day_from || "2026-01-01", days: 1, draft };
  return useQuery({ ...previewQuery(slug, ask), enabled: isSoundException(form) }).data?.overlapped;
}

interface ChoiceProps<T extends string> {
  label: string;
  value: string;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  const choose = (chosen: string) => {
    const option = options.find((one) => one.value === chosen);
    if (option) onChange(option.value);
  };
  return (
    <Field label={label}>
      {(control) => (
        <Select value={value} onValueChange={choose}>
          <SelectTrigger {...control} className="h-9">
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            {options.map((option) => (
              <SelectItem key={option.value} value={option.value}>
                {option.label}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      )}
    </Field>
  );
}
