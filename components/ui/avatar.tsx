import type { ComponentProps } from "react";
import { cn } from "./cn";

const TONES = [
  "bg-primary-soft text-primary-text",
  "bg-info-soft text-info",
  "bg-violet-soft text-violet",
  "bg-warning-soft text-warning",
  "bg-success-soft text-success",
];

/** First and last initial; of a script whose letters join only the first, or two would read as a word. */
const initialsOf = (name: string) =>
  name
    .split(/[\s,]+/)
    .filter((word) => /^\p{L}/u.test(word) && !/\.$|^د$/u.test(word))
    .map((word) => [...word][0] ?? "")
    .filter((letter, at, all) => at === 0 || (at === all.length - 1 && !/\p{Script=Arabic}/u.test(letter)))
    .join("")
    .toLocaleUpperCase();

const toneOf = (name: string) => {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return TONES[sum % TONES.length];
};

/** Initials on a quiet colour that stays with the name. Decoration: the name itself stands beside it. */
export function Avatar({ name, className, ...props }: ComponentProps<"span"> & { name: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        "inline-flex size-8 shrink-0 items-center justify-center rounded-full text-xs font-semibold select-none",
        toneOf(name),
        className,
      )}
      {...props}
    >
      {initialsOf(name) || "#"}
    </span>
  );
}
