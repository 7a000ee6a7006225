"use client";
import type { LucideIcon } from "lucide-react";
import { Tooltip } from "@/components/ui/tooltip";

interface SegmentsProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string; icon?: LucideIcon; hint?: string }[];
  onChange: (value: T) => void;
}

/** A few ways to look at the same, one of which is on. */
export function Segments<T extends string>({ label, value, options, onChange }: SegmentsProps<T>) {
  return (
    <div role="group" aria-label={label} className="inline-flex items-center gap-0.5 rounded-md bg-muted p-0.5">
      {options.map(({ value: own, label: words, icon: Icon, hint }) => (
        <Tooltip key={own} label={hint ?? words}>
          <button
            type="button"
            aria-pressed={own === value}
            onClick={() => onChange(own)}
            className="inline-flex h-7 items-center gap-1.5 rounded-sm px-2.5 text-xs font-medium text-muted-foreground transition-colors hover:text-foreground aria-pressed:bg-card aria-pressed:text-foreground aria-pressed:shadow-raised pointer-coarse:h-10"
          >
            {Icon && <Icon aria-hidden className="size-3.5" />}
            {words}
          </button>
        </Tooltip>
      ))}
    </div>
  );
}
