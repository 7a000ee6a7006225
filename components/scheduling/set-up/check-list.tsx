"use client";
import type { ReactNode } from "react";

interface CheckListProps {
  legend: string;
  hint?: string;
  options: readonly { id: string; label: ReactNode }[];
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
}

/** Any of a few: providers of a service, its chairs, a provider's services. */
export function CheckList({ legend, hint, options, chosen, onChange }: CheckListProps) {
  const toggle = (id: string) => onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <div className="scroll-slim grid max-h-56 overflow-y-auto rounded-md border sm:grid-cols-2">
        {options.map(({ id, label }) => (
          <label
            key={id}
            className="flex min-h-9 min-w-0 cursor-pointer items-center gap-2.5 px-3 py-1.5 text-sm hover:bg-muted pointer-coarse:min-h-11"
          >
            <input
              type="checkbox"
              className="size-4 shrink-0 accent-primary"
              checked={chosen.includes(id)}
              onChange={() => toggle(id)}
            />
            <span className="flex min-w-0 items-center gap-2">{label}</span>
          </label>
        ))}
      </div>
      {hint && <p className="mt-1.5 text-xs text-muted-foreground">{hint}</p>}
    </fieldset>
  );
}
