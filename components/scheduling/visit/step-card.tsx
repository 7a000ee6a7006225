"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Alert } from "@/components/shared/alert";
import { useErrorWords } from "@/components/shared/error-words";
import { Button } from "@/components/ui/button";

interface StepCardProps {
  title: string;
  text?: string;
  error?: unknown;
  submit: string;
  tone?: "primary" | "danger";
  isReady: boolean;
  onSubmit: () => void;
  onBack: () => void;
  children?: ReactNode;
}

/** The button that opened it is gone: keys and readers go on here. */
const focusOnce = (form: HTMLFormElement | null) => form?.focus();

/** A step that asks something before it is done; Escape goes back to the visit. */
export function StepCard({ title, text, error, submit, tone, isReady, onSubmit, onBack, children }: StepCardProps) {
  const t = useTranslations("calendar.steps");
  const words = useErrorWords();
  return (
    <form
      ref={focusOnce}
      tabIndex={-1}
      aria-label={title}
      className="grid gap-3 rounded-lg border p-3 outline-none"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onBack();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onSubmit();
      }}
    >
      <h3 className="text-sm font-semibold">{title}</h3>
      {text && <p className="text-sm text-muted-foreground">{text}</p>}
      {error !== undefined && error !== null && <Alert>{words(error)}</Alert>}
      {children}
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={onBack}>
          {t("back")}
        </Button>
        <Button type="submit" variant={tone ?? "primary"} disabled={!isReady}>
          {submit}
        </Button>
      </div>
    </form>
  );
}

interface ChipsProps<T extends string> {
  label: string;
  options: readonly { value: T; label: string }[];
  chosen: T | undefined;
  onChoose: (value: T) => void;
}

/** A few ready answers, one of which may be chosen. */
export function Chips<T extends string>({ label, options, chosen, onChoose }: ChipsProps<T>) {
  return (
    <div role="group" aria-label={label} className="flex flex-wrap gap-1.5">
      {options.map(({ value, label: words }) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === chosen}
          onClick={() => onChoose(value)}
          className="h-8 rounded-full border px-3 text-sm transition-colors hover:border-ring hover:bg-accent aria-pressed:border-primary aria-pressed:bg-primary-soft aria-pressed:text-primary-text pointer-coarse:h-11"
        >
          {words}
        </button>
      ))}
    </div>
  );
}
