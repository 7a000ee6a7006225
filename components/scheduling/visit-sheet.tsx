"use client";
import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import { useClinic } from "@/components/shared/clinic-context";
import { LocalTime } from "@/components/shared/local-time";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Sheet, SheetContent, SheetTitle } from "@/components/ui/sheet";
import { may } from "@/lib/identity/permissions";
import { useIsPhone } from "./calendar/use-is-phone";
import type { Appointment } from "./queries";
import { SourceName } from "./source-name";
import { SeriesNote } from "./visit/series-note";
import { VisitHistory } from "./visit/visit-history";
import { VisitActs } from "./visit-acts";
import { VisitStatusBadge } from "./visit-status";

const MINUTE_MS = 60_000;

/** Escape leaves the step that asks something, not the visit. */
function keepOpenInSteps(event: KeyboardEvent) {
  if (event.target instanceof Element && event.target.closest("form")) event.preventDefault();
}

/** One visit: what it is, how it stands, and what may be done with it. */
export function VisitSheet({ visit, onClose }: { visit: Appointment | undefined; onClose: () => void }) {
  const t = useTranslations("calendar.visit");
  const isPhone = useIsPhone();
  return (
    <Sheet open={visit !== undefined} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <SheetContent side={isPhone ? "bottom" : "end"} onEscapeKeyDown={keepOpenInSteps}>
        <SheetTitle>{t("title")}</SheetTitle>
        {visit && <VisitDetails visit={visit} />}
      </SheetContent>
    </Sheet>
  );
}

function VisitDetails({ visit }: { visit: Appointment }) {
  const t = useTranslations("calendar.visit");
  const format = useFormatter();
  const { slug, role } = useClinic();
  const minutes = (Date.parse(visit.ends_at) - Date.parse(visit.starts_at)) / MINUTE_MS;
  const facts = [
    { name: t("when"), value: <LocalTime at={visit.starts_at} show="dayTime" /> },
    { name: t("length"), value: t("minutes", { minutes }) },
    { name: t("service"), value: visit.service.name },
    { name: t("provider"), value: visit.provider.name },
    { name: t("operatory"), value: visit.operatory?.name ?? "—" },
    { name: t("source"), value: <SourceName source={visit.created_from} /> },
  ];
  return (
    <div className="scroll-slim flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto px-4 pb-4">
      <div className="flex items-center gap-3">
        <Avatar name={visit.patient.name} className="size-10 text-sm" />
        <div className="min-w-0 flex-1">
          <p className="truncate font-semibold">{visit.patient.name}</p>
          <p className="text-xs text-muted-foreground">
            <bdi dir="ltr">{visit.patient.phone}</bdi>
          </p>
        </div>
        <VisitStatusBadge visit={visit} />
      </div>
      {visit.state === "held" && visit.hold_expires_at && (
        <p className="rounded-md bg-warning-soft px-3 py-2 text-sm text-warning">
          {t("heldUntil", {
            time: format.dateTime(new Date(visit.hold_expires_at), { hour: "numeric", minute: "2-digit" }),
          })}
        </p>
      )}
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
        {facts.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-muted-foreground">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {visit.note && (
        <section>
          <h3 className="mb-1 text-xs font-medium text-muted-foreground">{t("note")}</h3>
          <p className="rounded-md bg-muted px-3 py-2">{visit.note}</p>
        </section>
      )}
      {visit.series && <SeriesNote visit={visit} />}
      {may(role, "appointment.write") && <VisitActs key={visit.id} visit={visit} />}
      <VisitHistory visit={visit} />
      <Button asChild variant="link" className="self-start px-0">
        <Link href={`/c/${slug}/inbox?${new URLSearchParams({ q: visit.patient.phone ?? visit.patient.name })}`}>
          {t("conversations")}
        </Link>
      </Button>
    </div>
  );
}
