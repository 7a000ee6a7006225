"use client";
import { CopyIcon, PlusIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import { Tooltip } from "@/components/ui/tooltip";
import { problemOf, type Span, withSpan } from "./week";
import { useWallWords } from "./words";

interface DayHoursProps {
  weekday: number;
  spans: readonly Span[];
  /** The week's other days, in its order, and those of them that are worked. */
  others: readonly number[];
  workdays: readonly number[];
  isReadOnly: boolean;
  onChange: (spans: readonly Span[]) => void;
  onSwitchOn: () => void;
  onCopy: (to: readonly number[]) => void;
}

/** One weekday of a week: on or off, its spans, and what lies between them is a break. */
export function DayHours(props: DayHoursProps) {
  const { weekday, spans, isReadOnly, onChange, onSwitchOn } = props;
  const t = useTranslations("setUp.schedule");
  const words = useWallWords();
  const name = words.weekday(weekday);
  const problem = problemOf(spans);
  const change = (index: number, part: Partial<Span>) =>
    onChange(spans.map((span, at) => (at === index ? { ...span, ...part } : span)));
  return (
    <li
      className={cn(
        "grid grid-cols-[1fr_auto] items-start gap-x-3 px-4 py-2.5 sm:grid-cols-[9rem_1fr_auto]",
        isReadOnly ? "max-sm:py-1" : "gap-y-2",
      )}
    >
      <div className="flex h-8 items-center gap-3 pointer-coarse:h-11">
        {!isReadOnly && (
          <Switch
            aria-label={t("works", { day: name })}
            checked={spans.length > 0}
            onCheckedChange={(isOn) => (isOn ? onSwitchOn() : onChange([]))}
          />
        )}
        <span className="text-sm font-medium">{name}</span>
      </div>
      <div
        className="col-span-2 row-start-2 grid gap-2 sm:col-span-1 sm:col-start-2 sm:row-start-1"
        role="group"
        aria-label={name}
      >
        {spans.length === 0 && (
          <p className={cn("flex h-8 items-center text-sm text-muted-foreground", !isReadOnly && "max-sm:hidden")}>
            {t("off")}
          </p>
        )}
        {isReadOnly && spans.length > 0 && (
          <p className="flex min-h-8 items-center text-sm tabular-nums">{spans.map(words.span).join(" · ")}</p>
        )}
        {!isReadOnly &&
          spans.map((span, index) => (
            <SpanFields
              key={index}
              span={span}
              name={t("nthSpan", { day: name, n: index + 1 })}
              isWrong={problem !== undefined}
              onChange={(part) => change(index, part)}
              onRemove={() => onChange(spans.filter((_, at) => at !== index))}
            />
          ))}
        {problem && (
          <p role="alert" className="text-xs text-danger">
            {t(`problems.${problem}`)}
          </p>
        )}
      </div>
      {!isReadOnly && (
        <div className="col-start-2 row-start-1 flex gap-0.5 sm:col-start-3">
          <Tooltip label={t("addSpan")}>
            <Button
              variant="ghost"
              size="icon"
              aria-label={t("addSpanTo", { day: name })}
              onClick={() => onChange(withSpan(spans))}
            >
              <PlusIcon aria-hidden />
            </Button>
          </Tooltip>
          <CopyMenu {...props} name={name} />
        </div>
      )}
    </li>
  );
}

interface SpanFieldsProps {
  span: Span;
  name: string;
  isWrong: boolean;
  onChange: (part: Partial<Span>) => void;
  onRemove: () => void;
}

function SpanFields({ span, name, isWrong, onChange, onRemove }: SpanFieldsProps) {
  const t = useTranslations("setUp.schedule");
  return (
    <div className="flex items-center gap-2">
      {(["from", "to"] as const).map((end) => (
        <span key={end} className="contents">
          {end === "to" && (
            <span aria-hidden className="text-muted-foreground">
              –
            </span>
          )}
          <Input
            type="time"
            step={300}
            aria-label={t(end === "from" ? "spanFrom" : "spanTo", { span: name })}
            aria-invalid={isWrong || undefined}
            value={span[end]}
            onChange={(event) => onChange({ [end]: event.target.value })}
            className="h-8 w-30 px-2 tabular-nums max-sm:flex-1"
          />
        </span>
      ))}
      <Button variant="ghost" size="icon" aria-label={t("removeSpan", { span: name })} onClick={onRemove}>
        <XIcon aria-hidden />
      </Button>
    </div>
  );
}

function CopyMenu({ name, others, workdays, spans, onCopy }: DayHoursProps & { name: string }) {
  const t = useTranslations("setUp.schedule");
  const words = useWallWords();
  return (
    <DropdownMenu>
      <Tooltip label={t("copyDay")}>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon" aria-label={t("copyDayOf", { day: name })} disabled={spans.length === 0}>
            <CopyIcon aria-hidden />
          </Button>
        </DropdownMenuTrigger>
      </Tooltip>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>{t("copyTo")}</DropdownMenuLabel>
        <DropdownMenuItem onSelect={() => onCopy(workdays)}>{t("copyToWorkdays")}</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => onCopy(others)}>{t("copyToAll")}</DropdownMenuItem>
        <DropdownMenuSeparator />
        {others.map((day) => (
          <DropdownMenuItem key={day} onSelect={() => onCopy([day])}>
            {words.weekday(day)}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
