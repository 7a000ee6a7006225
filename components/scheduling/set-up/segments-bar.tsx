"use client";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { Segment } from "./set-up-queries";

interface SegmentsBarProps {
  segments: readonly Segment[];
  durationMinutes: number;
  bufferBefore: number;
  bufferAfter: number;
  /** In a list: no names, thin lanes. */
  isSmall?: boolean;
}

const TONES = {
  lead: "bg-primary text-primary-foreground",
  dentist: "bg-violet text-background",
  hygienist: "bg-info text-background",
  operatory: "bg-border text-foreground",
} as const satisfies Record<Segment["role"], string>;

/** Who takes part in a visit from which minute to which: a lane for each, with the buffers around them all. */
export function SegmentsBar({
  segments,
  durationMinutes,
  bufferBefore,
  bufferAfter,
  isSmall = false,
}: SegmentsBarProps) {
  const t = useTranslations("setUp.services");
  const whole = Math.max(1, bufferBefore + durationMinutes + bufferAfter);
  const share = (minutes: number) => `${(minutes / whole) * 100}%`;
  const said = segments.map(({ role, from_minute, to_minute }) =>
    t("segmentSaid", { role: t(`roles.${role}`), from: from_minute, to: to_minute }),
  );
  return (
    <div role="img" aria-label={said.join("; ")} className={cn("relative grid", isSmall ? "gap-0.5" : "gap-1")}>
      {[
        { key: "before", start: 0, minutes: bufferBefore },
        { key: "after", start: bufferBefore + durationMinutes, minutes: bufferAfter },
      ].map(
        ({ key, start, minutes }) =>
          minutes > 0 && (
            <span
              key={key}
              className="hatched absolute inset-y-0 rounded-sm border border-dashed"
              style={{ insetInlineStart: share(start), width: share(minutes) }}
            />
          ),
      )}
      {segments.map(({ role, from_minute, to_minute }, index) => (
        <span
          key={index}
          className={cn(
            "relative truncate rounded-sm text-2xs font-medium",
            isSmall ? "h-1.5" : "flex h-6 items-center px-2",
            TONES[role],
          )}
          style={{
            marginInlineStart: share(bufferBefore + from_minute),
            width: share(Math.max(1, to_minute - from_minute)),
          }}
        >
          {!isSmall && <span className="truncate">{t(`roles.${role}`)}</span>}
        </span>
      ))}
      {!isSmall && (
        <span
          className="flex justify-between text-2xs text-muted-foreground tabular-nums"
          style={{ paddingInlineStart: share(bufferBefore), paddingInlineEnd: share(bufferAfter) }}
        >
          <span>0</span>
          <span>{t("minutes", { minutes: durationMinutes })}</span>
        </span>
      )}
    </div>
  );
}
