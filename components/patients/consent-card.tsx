"use client";
import { CircleCheckIcon, CircleDashedIcon, CircleSlashIcon, HistoryIcon, PencilIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { may } from "@/lib/identity/permissions";
import type { ConsentNow, PatientDetail } from "@/lib/patients/schema";
import { ConsentDialog } from "./consent-dialog";
import { CHANNELS_AT, PURPOSES, useHow } from "./consent-words";

/** What holds now, by address, channel and purpose, with how it was given; its history is in the timeline. */
export function ConsentCard({ patient, onHistory }: { patient: PatientDetail; onHistory: () => void }) {
  const t = useTranslations("patients.consent");
  const { role } = useClinic();
  const [isChanging, setChanging] = useState(false);
  const points = patient.contact_points;
  if (points.length === 0) return null;
  return (
    <Card aria-labelledby="consent">
      <CardHeader>
        <CardTitle id="consent">{t("title")}</CardTitle>
        {may(role, "patient.write") && patient.merged_into_id === null && (
          <Button size="sm" onClick={() => setChanging(true)}>
            <PencilIcon aria-hidden />
            {t("change")}
          </Button>
        )}
      </CardHeader>
      <ul className="divide-y">
        {points.map((point) => (
          <li key={point.id} className="grid gap-2 px-4 py-3">
            <p className="truncate text-xs text-muted-foreground">
              <bdi dir="ltr">{point.value}</bdi>
            </p>
            {CHANNELS_AT[point.kind].map((channel) => (
              <div key={channel} className="grid grid-cols-[6rem_1fr] items-start gap-x-2 gap-y-1.5">
                <span className="text-sm">{t(`channels.${channel}`)}</span>
                <dl className="grid gap-1.5">
                  {PURPOSES.map((purpose) => (
                    <Holds
                      key={purpose}
                      purpose={purpose}
                      consent={point.consents.find((one) => one.channel_kind === channel && one.purpose === purpose)}
                    />
                  ))}
                </dl>
              </div>
            ))}
          </li>
        ))}
      </ul>
      <div className="border-t p-2">
        <Button variant="ghost" size="sm" onClick={onHistory}>
          <HistoryIcon aria-hidden />
          {t("history")}
        </Button>
      </div>
      {isChanging && <ConsentDialog patient={patient} onClose={() => setChanging(false)} />}
    </Card>
  );
}

function Holds({ purpose, consent }: { purpose: ConsentNow["purpose"]; consent: ConsentNow | undefined }) {
  const t = useTranslations("patients.consent");
  const format = useFormatter();
  const how = useHow();
  const Icon = consent ? (consent.state === "in" ? CircleCheckIcon : CircleSlashIcon) : CircleDashedIcon;
  const tone = consent ? (consent.state === "in" ? "success" : "danger") : "neutral";
  return (
    <div className="grid justify-items-start gap-0.5">
      <dt className="sr-only">{t(`purposes.${purpose}`)}</dt>
      <dd className="grid justify-items-start gap-0.5">
        <Badge tone={tone}>
          <Icon aria-hidden />
          <span aria-hidden>{t(`purposes.${purpose}`)}:</span>
          {consent ? t(`states.${consent.state}`) : t("unasked")}
        </Badge>
        {consent && (
          <span className="text-xs text-muted-foreground">
            {format.dateTime(new Date(consent.at), { day: "numeric", month: "short", year: "numeric" })} ·{" "}
            {how(consent.how)}
          </span>
        )}
      </dd>
    </div>
  );
}
