"use client";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { cn } from "@/components/ui/cn";
import { COLORS } from "@/lib/scheduling/set-up/schema";
import { ColorDot } from "./color-dot";

interface ColorChoiceProps {
  value: string;
  onChange: (color: string) => void;
}

/** One of the colours that the calendar tells people and services apart by. */
export function ColorChoice({ value, onChange }: ColorChoiceProps) {
  const t = useTranslations("setUp");
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t("color")}</legend>
      <div className="flex flex-wrap gap-1">
        {COLORS.map((color) => (
          <label
            key={color}
            title={t(`colors.${color}`)}
            className={cn(
              "flex size-8 cursor-pointer items-center justify-center rounded-full border-2 border-transparent has-focus-visible:outline-2 has-focus-visible:outline-ring pointer-coarse:size-11",
              color === value && "border-foreground",
            )}
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              aria-label={t(`colors.${color}`)}
              checked={color === value}
              onChange={() => onChange(color)}
            />
            <ColorDot color={color} className="size-5" />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
