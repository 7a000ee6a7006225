"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { isolate } from "@/components/i18n/isolate";
import { useClinic } from "@/components/shared/clinic-context";
import { ErrorState } from "@/components/shared/error-state";
import { Field } from "@/components/shared/field";
import { LocalTime } from "@/components/shared/local-time";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { freeStartsQuery, providersQuery, servicesQuery, type Slot } from "./queries";
import { isDay, wallOf } from "./wall";

interface SlotPickerProps {
  serviceId: string;
  providerId: string;
  day: string;
  slot: Slot | undefined;
  near?: number;
  earliest: string;
  onService: (id: string) => void;
  onProvider: (id: string) => void;
  onDay: (day: string) => void;
  onSlot: (slot: Slot) => void;
}

const ANYONE = "any";

/** Service, provider and day narrow the free starts, which come from the same rules as the bot's. */
export function SlotPicker(props: SlotPickerProps) {
  const { serviceId, providerId, day, earliest, onService, onProvider, onDay } = props;
  const t = useTranslations("calendar.new");
  const { slug } = useClinic();
  const services = useQuery(servicesQuery(slug));
  const providers = useQuery(providersQuery(slug, day));
  return (
    <>
      <Field label={t("service")}>
        {(control) => (
          <Select value={serviceId} onValueChange={onService}>
            <SelectTrigger {...control} className="h-9">
              <SelectValue placeholder={t("chooseService")} />
            </SelectTrigger>
            <SelectContent>
              {services.data?.map((service) => (
                <SelectItem key={service.id} value={service.id}>
                  {t("serviceOption", { name: isolate(service.name), minutes: service.duration_minutes })}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("provider")}>
          {(control) => (
            <Select value={providerId || ANYONE} onValueChange={(id) => onProvider(id === ANYONE ? "" : id)}>
              <SelectTrigger {...control} className="h-9">
                <SelectValue />
              </SelectTrigger>
              <SelectContent>
                <SelectItem value={ANYONE}>{t("anyone")}</SelectItem>
                {providers.data?.map((provider) => (
                  <SelectItem key={provider.id} value={provider.id}>
                    {provider.name}
                  </SelectItem>
                ))}
              </SelectContent>
            </Select>
          )}
        </Field>
        <Field label={t("day")}>
          {(control) => (
            <Input
              {...control}
              type="date"
              min={earliest}
              value={day}
              onChange={(event) => isDay(event.target.value) && onDay(event.target.value)}
            />
          )}
        </Field>
      </div>
      {serviceId && <Starts {...props} />}
    </>
  );
}

type StartsProps = Pick<SlotPickerProps, "serviceId" | "providerId" | "day" | "slot" | "near" | "onSlot">;

/** One button a time of day: with anyone free at it the first one is taken. */
export function Starts({ serviceId, providerId, day, slot, near, onSlot }: StartsProps) {
  const t = useTranslations("calendar.new");
  const { slug, timeZone } = useClinic();
  const free = useQuery(freeStartsQuery(slug, day, serviceId, providerId));
  const starts = [...new Map((free.data ?? []).toReversed().map((one) => [one.starts_at, one])).values()].toReversed();
  const isLoaded = free.isSuccess;

  useEffect(() => {
    if (!isLoaded || near === undefined || slot) return;
    const distance = (one: Slot) => Math.abs(wallOf(one.starts_at, timeZone).minutes - near);
    const nearest = [...starts].sort((a, b) => distance(a) - distance(b))[0];
    if (nearest && distance(nearest) <= 30) onSlot(nearest);
    // The wish counts when the starts arrive; afterwards the choice is the person's.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isLoaded, serviceId, providerId, day]);

  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">{t("start")}</legend>
      {free.isPending && <Skeleton className="h-20" />}
      {free.isError && <ErrorState error={free.error} retry={() => void free.refetch()} />}
      {isLoaded && starts.length === 0 && <p className="text-sm text-muted-foreground">{t("noStarts")}</p>}
      <div className="scroll-slim grid max-h-40 grid-cols-4 gap-1.5 overflow-y-auto p-0.5">
        {starts.map((one) => (
          <button
            key={one.starts_at}
            type="button"
            aria-pressed={slot?.starts_at === one.starts_at}
            onClick={() => onSlot(one)}
            className="h-8 rounded-md border text-sm font-medium transition-colors hover:border-ring hover:bg-accent aria-pressed:border-primary aria-pressed:bg-primary aria-pressed:text-primary-foreground pointer-coarse:h-11"
          >
            <LocalTime at={one.starts_at} />
          </button>
        ))}
      </div>
    </fieldset>
  );
}
