"use client";
import { useQuery } from "@tanstack/react-query";
import { CheckIcon, ShieldOffIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { MaskedNumber } from "@/components/patients/masked-number";
import { noonOf } from "@/components/scheduling/wall";
import { useClinic } from "@/components/shared/clinic-context";
import { Badge } from "@/components/ui/badge";
import { Skeleton } from "@/components/ui/skeleton";
import type { ConsentNow, ContactPointItem } from "@/lib/patients/schema";
import { patientCardQuery } from "./desk-queries";

/** Where else a person is reached, what they agreed to there, and what is still to be done for them. */
export function PatientContact({ id }: { id: string }) {
  const t = useTranslations("inbox.card");
  const format = useFormatter();
  const { slug } = useClinic();
  const patient = useQuery(patientCardQuery(slug, id));
  if (patient.isPending) return <Skeleton className="h-16" />;
  if (patient.isError) return null; // the rest of the card stands without it
  const { contact_points: points, next_follow_up_date: followUp } = patient.data;
  return (
    <>
      <section>
        <h3 className="mb-1 text-xs font-medium text-muted-foreground">{t("numbers")}</h3>
        <ul className="grid gap-2.5">
          {points.map((point) => (
            <Point key={point.id} point={point} />
          ))}
        </ul>
      </section>
      {followUp && (
        <p className="flex justify-between gap-2 text-sm">
          <span className="text-muted-foreground">{t("followUp")}</span>
          {format.dateTime(noonOf(followUp), { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" })}
        </p>
      )}
    </>
  );
}

function Point({ point }: { point: ContactPointItem }) {
  const t = useTranslations("inbox.card");
  return (
    <li className="grid gap-1">
      <span className="flex flex-wrap items-center gap-1.5 text-sm">
        {point.is_masked ? <MaskedNumber id={point.id} masked={point.value} /> : <bdi dir="ltr">{point.value}</bdi>}
        {point.is_primary && <Badge>{t("primary")}</Badge>}
        {point.unreachable_since && <Badge tone="danger">{t("unreachable")}</Badge>}
      </span>
      <span className="flex flex-wrap gap-1">
        {point.consents.length === 0 && <span className="text-xs text-muted-foreground">{t("nothingSaid")}</span>}
        {point.consents.map((consent) => (
          <Consent key={`${consent.channel_kind} ${consent.purpose}`} consent={consent} />
        ))}
      </span>
    </li>
  );
}

function Consent({ consent: { channel_kind: channel, purpose, state } }: { consent: ConsentNow }) {
  const t = useTranslations("inbox");
  const Icon = state === "in" ? CheckIcon : ShieldOffIcon;
  return (
    <Badge tone={state === "in" ? "success" : "warning"}>
      <Icon aria-hidden />
      {t(`groups.${channel}`)} · {t(`card.consent.${purpose}_${state}`)}
    </Badge>
  );
}
