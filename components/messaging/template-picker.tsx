"use client";
import { useQuery } from "@tanstack/react-query";
import { ArrowLeftIcon, LockIcon, SendHorizontalIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { ErrorState } from "@/components/shared/error-state";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Skeleton } from "@/components/ui/skeleton";
import { localeOf } from "@/lib/core/locales";
import { sendableTemplatesQuery, type Template } from "./desk-queries";
import { useMe } from "./me";
import type { Conversation } from "./queries";
import type { Outgoing } from "./replies";

interface TemplatePickerProps {
  conversation: Conversation;
  isBusy: boolean;
  onSend: (out: Outgoing, refused?: () => void, done?: () => void) => void;
  onNote: () => void;
}

/** In place of the field when the window for free text is closed: an approved text, its gaps filled, seen before it goes. */
export function TemplatePicker({ conversation, isBusy, onSend, onNote }: TemplatePickerProps) {
  const t = useTranslations("inbox.templates");
  const { slug } = useClinic();
  const locale = localeOf(useLocale()) ?? "en";
  const templates = useQuery(sendableTemplatesQuery(slug));
  const [chosen, setChosen] = useState<Template>();
  const language = localeOf(conversation.language ?? undefined) ?? locale;
  const found = (templates.data ?? []).toSorted(
    (a, b) => Number(b.locale === language) - Number(a.locale === language),
  );

  if (chosen)
    return (
      <Gaps
        key={chosen.id}
        template={chosen}
        conversation={conversation}
        isBusy={isBusy}
        onBack={() => setChosen(undefined)}
        onSend={(out) => onSend(out, undefined, () => setChosen(undefined))}
      />
    );
  return (
    <section aria-label={t("title")} className="grid gap-2 p-3">
      <div className="flex items-center gap-2">
        <LockIcon aria-hidden className="size-4 shrink-0 text-warning" />
        <p className="min-w-0 flex-1 text-xs text-muted-foreground">{t("why")}</p>
        <Button variant="ghost" size="sm" onClick={onNote}>
          {t("note")}
        </Button>
      </div>
      {templates.isPending && <Skeleton className="h-16" />}
      {templates.isError && <ErrorState error={templates.error} retry={() => void templates.refetch()} />}
      {templates.isSuccess && found.length === 0 && <p className="text-sm">{t("none")}</p>}
      <ul className="scroll-slim grid max-h-48 gap-1 overflow-y-auto">
        {found.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              onClick={() => setChosen(one)}
              className="grid w-full gap-0.5 rounded-md border px-3 py-2 text-start hover:bg-muted"
            >
              <span className="flex items-center gap-2 text-xs font-medium">
                <bdi>{one.name}</bdi>
                <span className="text-muted-foreground uppercase">{one.locale}</span>
              </span>
              <span dir="auto" className="line-clamp-2 text-start text-sm text-muted-foreground">
                {one.body}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface GapsProps extends Pick<TemplatePickerProps, "conversation" | "isBusy"> {
  template: Template;
  onBack: () => void;
  onSend: (out: Outgoing) => void;
}

function Gaps({ template, conversation, isBusy, onBack, onSend }: GapsProps) {
  const t = useTranslations("inbox.templates");
  const known = useKnown(conversation);
  const [values, setValues] = useState(() => template.variables.map((name) => known[name] ?? ""));
  const preview = template.body.replace(/\{\{(\d+)\}\}/g, (gap, at: string) => values[Number(at) - 1] || gap);
  const isReady = values.every((value) => value.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) onSend({ template: { id: template.id, values: values.map((value) => value.trim()) }, preview });
  };
  return (
    <form onSubmit={submit} className="grid gap-3 p-3">
      <div className="flex items-center gap-2">
        <Button variant="ghost" size="icon" aria-label={t("back")} onClick={onBack}>
          <ArrowLeftIcon aria-hidden className="mirror-rtl" />
        </Button>
        <bdi className="truncate text-sm font-medium">{template.name}</bdi>
      </div>
      {template.variables.length > 0 && (
        <div className="grid gap-2 sm:grid-cols-2">
          {template.variables.map((name, index) => (
            <Label key={name} className="grid gap-1">
              {t.has(`variables.${name}` as "variables.patient_name")
                ? t(`variables.${name}` as "variables.patient_name")
                : name}
              <Input
                dir="auto"
                maxLength={300}
                value={values[index] ?? ""}
                onChange={(event) => setValues(values.with(index, event.target.value))}
              />
            </Label>
          ))}
        </div>
      )}
      <div className="flex items-end gap-2">
        <p
          dir="auto"
          className="scroll-slim max-h-40 min-w-0 flex-1 overflow-y-auto rounded-xl rounded-ee-sm bg-primary-soft px-3.5 py-2 text-sm wrap-anywhere whitespace-pre-wrap"
        >
          {preview}
        </p>
        <Button type="submit" variant="primary" disabled={!isReady || isBusy}>
          <SendHorizontalIcon aria-hidden className="mirror-rtl" />
          {t("send")}
        </Button>
      </div>
    </form>
  );
}

/** What the screen knows of a template's gaps. */
function useKnown({ patients }: Conversation): Record<string, string> {
  const { name } = useClinic();
  const me = useMe();
  return { patient_name: patients[0]?.name ?? "", clinic_name: name, staff_name: me.name };
}
