"use client";
import { CalendarOffIcon, CalendarPlusIcon, PencilIcon, PlusIcon, Trash2Icon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import { useToastError } from "@/components/shared/error-words";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { ColorDot } from "./color-dot";
import { ExceptionDialog } from "./exception-dialog";
import { type Exception, type ProviderSchedule, type Schedule, useChangeSchedule } from "./queries";
import { useWallWords } from "./words";

interface ExceptionsProps {
  schedule: Schedule;
  /** Whose page it is: time off is proposed for them. */
  provider: ProviderSchedule;
  isReadOnly: boolean;
}

/** Time off, holidays and extra hours of everybody, from a week ago on. */
export function Exceptions({ schedule, provider, isReadOnly }: ExceptionsProps) {
  const t = useTranslations("setUp.schedule");
  const [open, setOpen] = useState<Exception | "new">();
  const { exceptions, providers } = schedule;
  return (
    <Card className="gap-0 p-0" aria-label={t("exceptions")}>
      <CardHeader>
        <CardTitle>{t("exceptions")}</CardTitle>
        {!isReadOnly && (
          <Button onClick={() => setOpen("new")}>
            <PlusIcon aria-hidden />
            {t("addException")}
          </Button>
        )}
      </CardHeader>
      {exceptions.length === 0 && (
        <EmptyState icon={CalendarOffIcon} title={t("noExceptions")} text={t("noExceptionsText")} />
      )}
      <ul className="divide-y">
        {exceptions.map((one) => (
          <ExceptionRow
            key={one.id}
            exception={one}
            person={providers.find(({ id }) => id === one.provider_id)}
            isReadOnly={isReadOnly}
            onOpen={() => setOpen(one)}
          />
        ))}
      </ul>
      {open && (
        <ExceptionDialog
          key={open === "new" ? "new" : open.id}
          exception={open === "new" ? undefined : open}
          provider={provider}
          schedule={schedule}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Card>
  );
}

interface ExceptionRowProps {
  exception: Exception;
  person: ProviderSchedule | undefined;
  isReadOnly: boolean;
  onOpen: () => void;
}

function ExceptionRow({ exception, person, isReadOnly, onOpen }: ExceptionRowProps) {
  const t = useTranslations("setUp.schedule");
  const words = useWallWords();
  const remove = useRemove(exception);
  const { kind, day_from, day_to, from_time, to_time, reason } = exception;
  const days = words.days(day_from, day_to);
  const isExtra = kind === "extra";
  const Icon = isExtra ? CalendarPlusIcon : CalendarOffIcon;
  return (
    <li className="flex items-center gap-3 px-4 py-2.5">
      <Icon aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      <div className="grid min-w-0 flex-1 gap-x-4 gap-y-0.5 sm:grid-cols-[13rem_12rem_1fr]">
        <p className="text-sm font-medium tabular-nums">
          {days}
          {from_time && to_time && (
            <span className="block text-xs font-normal text-muted-foreground">
              {words.span({ from: from_time, to: to_time })}
            </span>
          )}
        </p>
        <p className="flex min-w-0 items-center gap-2 text-sm">
          {person && <ColorDot color={person.color} />}
          <span className="truncate">{person?.name ?? t("wholeClinic")}</span>
        </p>
        <p className="flex min-w-0 items-center gap-2 text-sm text-muted-foreground">
          <Badge tone={isExtra ? "success" : "neutral"}>{t(isExtra ? "extra" : person ? "timeOff" : "closed")}</Badge>
          <bdi className="truncate">{reason}</bdi>
        </p>
      </div>
      {!isReadOnly && (
        <div className="flex shrink-0 gap-0.5">
          <Button variant="ghost" size="icon" aria-label={t("changeException", { days })} onClick={onOpen}>
            <PencilIcon aria-hidden />
          </Button>
          <Button variant="ghost" size="icon" aria-label={t("removeException", { days })} onClick={remove}>
            <Trash2Icon aria-hidden />
          </Button>
        </div>
      )}
    </li>
  );
}

/** Takes it away at once; the toast puts it back. */
function useRemove({ id, ...exception }: Exception) {
  const t = useTranslations("setUp.schedule");
  const { slug } = useClinic();
  const change = useChangeSchedule(slug);
  const onError = useToastError();
  const again = () => change.mutate({ exception }, { onError });
  return () =>
    change.mutate(
      { removeException: id },
      { onError, onSuccess: () => void toast(t("exceptionRemoved"), { action: { label: t("undo"), onClick: again } }) },
    );
}
