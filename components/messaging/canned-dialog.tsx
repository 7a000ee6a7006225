"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { PencilIcon, PlusIcon, Trash2Icon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { z } from "zod";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { Label } from "@/components/ui/label";
import { Textarea } from "@/components/ui/textarea";
import { LOCALE_NAMES, LOCALES, localeOf, type Locale } from "@/lib/core/locales";
import { api, ApiError } from "@/lib/http/client";
import { SaveCannedReply } from "@/lib/messaging/schema";
import { type CannedReply, cannedKey, cannedQuery } from "./desk-queries";
import { at } from "./queries";

type Written = Omit<CannedReply, "id"> & { id?: string };

/** The clinic's saved answers: seen, written, changed, taken away (which can be undone). */
export function CannedDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("inbox.canned");
  const { slug } = useClinic();
  const locale = localeOf(useLocale()) ?? "en";
  const all = useQuery(cannedQuery(slug)).data ?? [];
  const [written, setWritten] = useState<Written>();
  const change = useChange();
  const remove = (one: CannedReply) =>
    change.mutate(
      { remove: one.id },
      {
        onSuccess: () =>
          toast(t("removed"), {
            action: { label: t("undo"), onClick: () => change.mutate({ save: { ...one, id: undefined } }) },
          }),
      },
    );
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{t("title")}</DialogTitle>
          <DialogDescription>{t("description")}</DialogDescription>
        </DialogHeader>
        {written ? (
          <Form key={written.id} written={written} change={change} onDone={() => setWritten(undefined)} />
        ) : (
          <>
            <ul className="scroll-slim -mx-2 max-h-80 divide-y overflow-y-auto">
              {all.map((one) => (
                <li key={one.id} className="flex items-center gap-2 px-2 py-2">
                  <div className="min-w-0 flex-1">
                    <p className="flex items-center gap-2">
                      <Kbd>/{one.shortcut}</Kbd>
                      <span className="text-xs text-muted-foreground">{nameOf(one.locale)}</span>
                    </p>
                    <p dir="auto" className="truncate text-start text-sm text-muted-foreground">
                      {one.text}
                    </p>
                  </div>
                  <Button
                    variant="ghost"
                    size="icon"
                    aria-label={t("change", { name: one.shortcut })}
                    onClick={() => setWritten(one)}
                  >
                    <PencilIcon aria-hidden />
                  </Button>
                  <Button
                    variant="ghost"
                    size="icon"
                    aria-label={t("remove", { name: one.shortcut })}
                    onClick={() => remove(one)}
                  >
                    <Trash2Icon aria-hidden />
                  </Button>
                </li>
              ))}
              {all.length === 0 && (
                <li className="px-2 py-6 text-center text-sm text-muted-foreground">{t("empty")}</li>
              )}
            </ul>
            <Button variant="primary" onClick={() => setWritten({ shortcut: "", locale, text: "" })}>
              <PlusIcon aria-hidden />
              {t("add")}
            </Button>
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}

const nameOf = (locale: string) => LOCALE_NAMES[localeOf(locale) ?? "en"];

type Change = ReturnType<typeof useChange>;

function useChange() {
  const { slug } = useClinic();
  const t = useTranslations("inbox.canned");
  const queries = useQueryClient();
  const words = useErrorWords();
  return useMutation({
    mutationFn: ({ save, remove }: { save?: Written; remove?: string }) => {
      const url = `${at(slug)}/canned-replies`;
      if (remove) return api(z.unknown(), `${url}/${remove}`, { method: "DELETE" });
      const { id, ...json } = save ?? {};
      return api(z.unknown(), id ? `${url}/${id}` : url, { method: id ? "PUT" : "POST", json });
    },
    onError: (error) =>
      void toast.error(error instanceof ApiError && error.code === "CONFLICT" ? t("taken") : words(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: cannedKey(slug) }),
  });
}

function Form({ written, change, onDone }: { written: Written; change: Change; onDone: () => void }) {
  const t = useTranslations("inbox.canned");
  const [values, setValues] = useState(written);
  const [isRefused, setRefused] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const save = { ...values, shortcut: values.shortcut.replace(/^\//, "") };
    if (!SaveCannedReply.safeParse(save).success) return setRefused(true);
    change.mutate({ save }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-3">
      <div className="flex gap-3">
        <Label className="grid flex-1 gap-1.5">
          {t("shortcut")}
          <Input
            autoFocus
            dir="auto"
            value={values.shortcut}
            maxLength={33}
            aria-invalid={isRefused}
            placeholder={t("shortcutExample")}
            onChange={(event) => setValues({ ...values, shortcut: event.target.value })}
          />
        </Label>
        <LanguageChoice
          value={localeOf(values.locale) ?? "en"}
          onChange={(locale) => setValues({ ...values, locale })}
        />
      </div>
      <Label className="grid gap-1.5">
        {t("text")}
        <Textarea
          dir={values.text ? "auto" : undefined}
          rows={4}
          maxLength={1600}
          value={values.text}
          aria-invalid={isRefused && !values.text.trim()}
          onChange={(event) => setValues({ ...values, text: event.target.value })}
        />
      </Label>
      <p className="text-xs text-muted-foreground">
        {t("variables", { patient: "{patient}", clinic: "{clinic}", me: "{me}" })}
      </p>
      {isRefused && (
        <p role="alert" className="text-xs text-danger">
          {t("refused")}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={onDone}>
          {t("cancel")}
        </Button>
        <Button type="submit" variant="primary" disabled={change.isPending}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

function LanguageChoice({ value, onChange }: { value: Locale; onChange: (locale: Locale) => void }) {
  const t = useTranslations("inbox.canned");
  return (
    <Label className="grid gap-1.5">
      {t("language")}
      <select
        value={value}
        onChange={(event) => onChange(localeOf(event.target.value) ?? "en")}
        className="h-9 rounded-md border border-input bg-card px-2 text-sm pointer-coarse:h-11"
      >
        {LOCALES.map((locale) => (
          <option key={locale} value={locale}>
            {LOCALE_NAMES[locale]}
          </option>
        ))}
      </select>
    </Label>
  );
}
