import { cn } from "@/components/ui/cn";
import { hueOf } from "../calendar/hue";

/** The colour of a provider or service; always beside its name, so it needs none of its own. */
export function ColorDot({ color, className }: { color: string; className?: string }) {
  const chroma = color === "slate" ? 0.02 : 0.13;
  return (
    <span
      aria-hidden
      className={cn("inline-block size-2.5 shrink-0 rounded-full", className)}
      style={{ backgroundColor: `oklch(0.66 ${chroma} ${hueOf(color)})` }}
    />
  );
}
