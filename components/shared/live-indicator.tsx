"use client";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { Tooltip } from "@/components/ui/tooltip";
import { useLiveState } from "./live";

/** Whether the screen follows what happens by itself. */
export function LiveIndicator() {
  const t = useTranslations("common");
  const state = useLiveState();
  return (
    <Tooltip label={t(`live.${state}Hint`)}>
      <span
        role="status"
        tabIndex={0}
        className="flex h-8 items-center gap-2 rounded-md px-2 text-xs text-muted-foreground"
      >
        <span aria-hidden className="relative flex size-2">
          {state === "reconnecting" && <span className="absolute size-2 animate-ping rounded-full bg-warning/60" />}
          <span
            className={cn(
              "size-2 rounded-full",
              { live: "bg-primary", connecting: "bg-input", reconnecting: "bg-warning" }[state],
            )}
          />
        </span>
        <span className="max-sm:sr-only">{t(`live.${state}`)}</span>
      </span>
    </Tooltip>
  );
}
