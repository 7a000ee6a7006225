"use client";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { isolate } from "@/components/i18n/isolate";
import { useClinic } from "@/components/shared/clinic-context";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import type { Appointment } from "../queries";
import { eventsQuery, type VisitEvent } from "./queries";

const FEW = 3;
const STATES = ["held", "scheduled", "checked_in", "completed", "cancelled", "no_show", "expired"] as const;
const CONFIRMATIONS = ["unasked", "asked", "confirmed", "declined"] as const;
/** Reasons that the system writes itself; any other is somebody's own words. */
const REASONS = ["undo", "swap", "series", "not_checked_in", "patient_request", "moved"] as const;
const MOMENT = { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" } as const;

/** What was done to a visit, in words: the last few, or everything. */
export function VisitHistory({ visit }: { visit: Appointment }) {
  const t = useTranslations("calendar.history");
  const { slug } = useClinic();
  const events = useQuery(eventsQuery(slug, visit));
  const [isWhole, setWhole] = useState(false);
  if (events.isError) return null; // the visit itself is there; its past is not worth a problem of its own
  const shown = isWhole ? events.data : events.data?.slice(0, FEW);
  return (
    <section className="grid gap-2">
      <h3 className="text-xs font-medium text-muted-foreground">{t("title")}</h3>
      {events.isPending && <Skeleton className="h-16" />}
      <ol className="grid gap-2.5 border-s ps-3">
        {shown?.map((event, at) => (
          <EventLine key={`${event.at} ${at}`} event={event} />
        ))}
      </ol>
      {!isWhole && (events.data?.length ?? 0) > FEW && (
        <Button variant="link" size="sm" className="justify-self-start px-0" onClick={() => setWhole(true)}>
          {t("all", { count: events.data?.length ?? 0 })}
        </Button>
      )}
    </section>
  );
}

function EventLine({ event }: { event: VisitEvent }) {
  const t = useTranslations("calendar.history");
  const format = useFormatter();
  const words = useEventWords(event);
  const known = REASONS.find((one) => one === event.reason);
  const reason = known ? t(`reasons.${known}`) : event.reason;
  return (
    <li className="grid gap-0.5 text-sm">
      <span>{words}</span>
      {event.to_provider && <span>{t("handedOver", { provider: isolate(event.to_provider) })}</span>}
      {reason && known !== "undo" && (
        <span className="text-muted-foreground">
          <bdi>{reason}</bdi>
        </span>
      )}
      <span className="text-xs text-muted-foreground">
        {t("by", { who: whoOf(event, t), when: format.dateTime(new Date(event.at), MOMENT) })}
      </span>
    </li>
  );
}

type Words = ReturnType<typeof useTranslations<"calendar.history">>;

function whoOf({ actor_name, actor_type }: VisitEvent, t: Words): string {
  if (actor_name) return isolate(actor_name);
  if (actor_type === "patient") return t("patient");
  return actor_type === "user" ? t("staff") : t("system");
}

function useEventWords({ kind, from, to, reason }: VisitEvent): string {
  const t = useTranslations("calendar.history");
  const format = useFormatter();
  const moment = (at: string | null) => (at ? format.dateTime(new Date(at), MOMENT) : "");
  if (kind === "created") return to === "held" ? t("held") : t("created");
  if (kind === "late") return t("late", { minutes: Number(to) });
  if (kind === "moved") return from === to ? t("resized") : t("moved", { from: moment(from), to: moment(to) });
  if (kind === "confirmation") return t(`confirmation.${CONFIRMATIONS.find((one) => one === to) ?? "unasked"}`);
  if (reason === "undo") return t("undone");
  return t(`status.${STATES.find((one) => one === to) ?? "scheduled"}`);
}
