"use client";
import { CircleCheckIcon, CircleDashedIcon, CircleSlashIcon, HistoryIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import type { ConsentNow, ContactPointItem } from "@/lib/patients/schema";
import { useHow } from "./consent-words";

const CHANNELS = {
  phone: ["sms", "whatsapp"],
  whatsapp_user: ["whatsapp"],
  email: ["email"],
} as const satisfies Record<ContactPointItem["kind"], readonly ConsentNow["channel_kind"][]>;
const PURPOSES = ["service", "marketing"] as const;

/** What holds now, by address, channel and purpose, with how it was given; its history is in the timeline. */
export function ConsentCard({ points, onHistory }: { points: ContactPointItem[]; onHistory: () => void }) {
  const t = useTranslations("patients.consent");
  if (points.length === 0) return null;
  return (
    <Card aria-labelledby="consent">
      <CardHeader>
        <CardTitle id="consent">{t("title")}</CardTitle>
      </CardHeader>
      <ul className="divide-y">
        {points.map((point) => (
          <li key={point.id} className="grid gap-2 px-4 py-3">
            <p className="truncate text-xs text-muted-foreground">
              <bdi dir="ltr">{point.value}</bdi>
            </p>
            {CHANNELS[point.kind].map((channel) => (
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
            {format.dateTime(new Date(consent.at), { day: "numeric", month: "short", year: "numeric" })},{" "}
            {how(consent.how)}
          </span>
        )}
      </dd>
    </div>
  );
}
