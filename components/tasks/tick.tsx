"use client";
import { CheckIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { isolate } from "@/components/i18n/isolate";
import { cn } from "@/components/ui/cn";

interface TickProps {
  isDone: boolean;
  what: string;
  /** The single key that does the same, where there is one. */
  keys?: string;
  onTick: () => void;
}

/** Ticks a task off, or takes the tick back. */
export function Tick({ isDone, what, keys, onTick }: TickProps) {
  const t = useTranslations("tasks");
  return (
    <button
      type="button"
      aria-label={t(isDone ? "reopen" : "complete", { what: isolate(what) })}
      aria-keyshortcuts={keys}
      onClick={onTick}
      className="group -m-2 flex size-9 items-center justify-center rounded-full pointer-coarse:-m-3 pointer-coarse:size-11"
    >
      <span
        className={cn(
          "flex size-5 items-center justify-center rounded-full border-2 border-input text-transparent transition-colors group-hover:border-primary group-hover:text-primary-text",
          isDone && "border-primary bg-primary text-primary-foreground group-hover:text-primary-foreground",
        )}
      >
        <CheckIcon aria-hidden className="size-3" strokeWidth={3} />
      </span>
    </button>
  );
}
