"use client";
import { PlusIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { SEGMENT_ROLES } from "@/lib/scheduling/set-up/schema";
import { SegmentsBar } from "./segments-bar";
import type { Segment } from "./set-up-queries";

interface SegmentsEditorProps {
  segments: readonly Segment[];
  durationMinutes: number;
  bufferBefore: number;
  bufferAfter: number;
  onChange: (segments: readonly Segment[]) => void;
}

/** Who takes part, in numbers and as a picture of them. */
export function SegmentsEditor(props: SegmentsEditorProps) {
  const { segments, durationMinutes, onChange } = props;
  const t = useTranslations("setUp.services");
  const change = (index: number, part: Partial<Segment>) =>
    onChange(segments.map((segment, at) => (at === index ? { ...segment, ...part } : segment)));
  const isTooLong = segments.some(({ to_minute }) => to_minute > durationMinutes);
  const isBackward = segments.some(({ from_minute, to_minute }) => from_minute >= to_minute);
  const hasLead = segments.some(({ role }) => role === "lead");
  const problem = !hasLead ? "noLead" : isBackward ? "backward" : isTooLong ? "tooLong" : undefined;
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1.5 text-sm font-medium">{t("segments")}</legend>
      <SegmentsBar {...props} />
      <ul className="grid gap-2">
        {segments.map(({ role, from_minute, to_minute }, index) => (
          <li key={index} className="flex items-center gap-2">
            <Select
              value={role}
              onValueChange={(value) => change(index, { role: SEGMENT_ROLES.find((one) => one === value) ?? role })}
            >
              <SelectTrigger aria-label={t("nthRole", { n: index + 1 })} className="min-w-0 flex-1">
                <SelectValue />
              </SelectTrigger>
              <SelectContent>
                {SEGMENT_ROLES.map((one) => (
                  <SelectItem key={one} value={one}>
                    {t(`roles.${one}`)}
                  </SelectItem>
                ))}
              </SelectContent>
            </Select>
            {(
              [
                ["from_minute", from_minute],
                ["to_minute", to_minute],
              ] as const
            ).map(([name, minute]) => (
              <Input
                key={name}
                type="number"
                min={0}
                max={durationMinutes}
                step={5}
                aria-label={t(name === "from_minute" ? "nthFrom" : "nthTo", { n: index + 1 })}
                value={minute}
                onChange={(event) => change(index, { [name]: Number(event.target.value) })}
                className="h-8 w-18 px-2 tabular-nums"
              />
            ))}
            <Button
              variant="ghost"
              size="icon"
              aria-label={t("removeNth", { n: index + 1 })}
              onClick={() => onChange(segments.filter((_, at) => at !== index))}
            >
              <XIcon aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
      {problem && (
        <p role="alert" className="text-xs text-danger">
          {t(`problems.${problem}`)}
        </p>
      )}
      <Button
        size="sm"
        className="justify-self-start"
        onClick={() =>
          onChange([...segments, { role: hasLead ? "operatory" : "lead", from_minute: 0, to_minute: durationMinutes }])
        }
      >
        <PlusIcon aria-hidden />
        {t("addSegment")}
      </Button>
    </fieldset>
  );
}
