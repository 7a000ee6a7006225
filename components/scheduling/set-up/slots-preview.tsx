"use client";
import { useQuery } from "@tanstack/react-query";
import { ChevronLeftIcon, ChevronRightIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { ErrorState } from "@/components/shared/error-state";
import { Field } from "@/components/shared/field";
import { LocalTime } from "@/components/shared/local-time";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { addDays, noonOf } from "../wall";
import { type PreviewDay, previewQuery } from "./queries";
import { useWallWords } from "./words";

export interface ServiceChoice {
  id: string;
  name: string;
}

interface SlotsPreviewProps {
  providerId: string;
  /** Undefined until they are known. */
  services: readonly ServiceChoice[] | undefined;
  serviceId: string | null;
  onService: (id: string) => void;
  /** The first day shown. */
  from: string;
  onFrom: (day: string) => void;
  /** The change that is not saved yet, as the API takes it. */
  draft: object | null;
}

/** What patients would be offered in one week: the free starts by the hours as they are being written. */
export function SlotsPreview(props: SlotsPreviewProps) {
  const { providerId, services, serviceId, onService, from, onFrom, draft } = props;
  const t = useTranslations("setUp.schedule");
  const { slug } = useClinic();
  const words = useWallWords();
  const ask = { provider_id: providerId, service_id: serviceId, from, draft };
  const preview = useQuery({ ...previewQuery(slug, ask), enabled: services !== undefined });
  return (
    <Card className="gap-0 p-0 lg:sticky lg:top-4" aria-label={t("slots")}>
      <CardHeader>
        <CardTitle>{t("slots")}</CardTitle>
        {draft !== null && <span className="text-xs font-medium text-primary-text">{t("asEdited")}</span>}
      </CardHeader>
      <div className="grid gap-4 p-4">
        {services?.length === 0 ? (
          <p className="text-sm text-muted-foreground">{t("noService")}</p>
        ) : (
          <Field label={t("service")}>
            {({ id }) => (
              <Select value={serviceId ?? ""} onValueChange={onService}>
                <SelectTrigger id={id}>
                  <SelectValue />
                </SelectTrigger>
                <SelectContent>
                  {services?.map((service) => (
                    <SelectItem key={service.id} value={service.id}>
                      {service.name}
                    </SelectItem>
                  ))}
                </SelectContent>
              </Select>
            )}
          </Field>
        )}
        <div className="flex items-center justify-between gap-2">
          <Button variant="ghost" size="icon" aria-label={t("weekBefore")} onClick={() => onFrom(addDays(from, -7))}>
            <ChevronLeftIcon aria-hidden className="mirror-rtl" />
          </Button>
          <p className="text-sm font-medium tabular-nums">{words.days(from, addDays(from, 6))}</p>
          <Button variant="ghost" size="icon" aria-label={t("weekAfter")} onClick={() => onFrom(addDays(from, 7))}>
            <ChevronRightIcon aria-hidden className="mirror-rtl" />
          </Button>
        </div>
        {preview.isPending && <Skeleton className="h-56 w-full" />}
        {preview.isError && <ErrorState error={preview.error} retry={() => void preview.refetch()} className="py-4" />}
        {preview.data && <Week days={preview.data.days} isStale={preview.isPlaceholderData} />}
      </div>
    </Card>
  );
}

/** Seven days with how many starts each has; the chosen one's are listed. */
function Week({ days, isStale }: { days: readonly PreviewDay[]; isStale: boolean }) {
  const t = useTranslations("setUp.schedule");
  const format = useFormatter();
  const words = useWallWords();
  const [chosen, setChosen] = useState<number>();
  const first = Math.max(0, days.findIndex(({ slots }) => slots.length > 0)); // prettier-ignore
  const day = days[chosen ?? first];
  const most = Math.max(1, ...days.map(({ slots }) => slots.length));
  return (
    <div className={cn("grid gap-3 transition-opacity", isStale && "opacity-60")}>
      <div className="grid grid-cols-7 gap-1" role="group" aria-label={t("week")}>
        {days.map((one, index) => (
          <button
            key={one.day}
            type="button"
            aria-pressed={one === day}
            aria-label={t("dayStarts", { day: words.day(one.day), count: one.slots.length })}
            onClick={() => setChosen(index)}
            className={cn(
              "flex min-w-0 flex-col items-center gap-1 rounded-md border border-transparent py-1.5 text-2xs text-muted-foreground transition-colors hover:bg-accent",
              one === day && "border-primary bg-primary-soft text-primary-text hover:bg-primary-soft",
            )}
          >
            <span className="max-w-full truncate font-medium">
              {format.dateTime(noonOf(one.day), { weekday: "short", timeZone: "UTC" })}
            </span>
            <span className="flex h-10 w-2 items-end overflow-hidden rounded-full bg-muted">
              <span
                className="w-full rounded-full bg-primary transition-[height]"
                style={{ height: `${(one.slots.length / most) * 100}%` }}
              />
            </span>
            <span className="text-xs font-semibold text-foreground tabular-nums">{one.slots.length}</span>
          </button>
        ))}
      </div>
      {day && <DayStarts day={day} />}
    </div>
  );
}

function DayStarts({ day }: { day: PreviewDay }) {
  const t = useTranslations("setUp.schedule");
  const words = useWallWords();
  return (
    <section aria-label={t("startsOf", { day: words.day(day.day) })} className="grid gap-2">
      <p className="flex flex-wrap justify-between gap-x-3 text-xs text-muted-foreground">
        <span className="font-medium text-foreground">{words.day(day.day)}</span>
        <span className="tabular-nums">{day.open.length > 0 ? day.open.map(words.span).join(" · ") : t("off")}</span>
      </p>
      {day.slots.length === 0 ? (
        <p className="rounded-md bg-muted px-3 py-4 text-center text-xs text-muted-foreground">{t("noStarts")}</p>
      ) : (
        <ul className="scroll-slim grid max-h-60 grid-cols-4 gap-1 overflow-y-auto" aria-label={t("starts")}>
          {day.slots.map((slot) => (
            <li key={slot} className="rounded-sm bg-muted py-1 text-center text-xs whitespace-nowrap tabular-nums">
              <LocalTime at={slot} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
