"use client";
import { useQuery } from "@tanstack/react-query";
import { CircleCheckIcon, ClockIcon, ShieldOffIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { ChannelName } from "@/components/messaging/channel-icon";
import { useClinic } from "@/components/shared/clinic-context";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import type { ContactPointItem } from "@/lib/patients/schema";
import { reachQuery, type Reach } from "./queries";

const CLASSES = ["service", "reminder", "offer", "marketing"] as const;

/** What the send gate would say at this moment, by address and channel, with its reason in words. */
export function ReachCard({ patientId, points }: { patientId: string; points: ContactPointItem[] }) {
  const t = useTranslations("patients.reach");
  const { slug } = useClinic();
  const reach = useQuery({ ...reachQuery(slug, patientId), enabled: points.length > 0 });
  if (points.length === 0 || reach.isError) return null;
  const groups = points.flatMap((point) =>
    [...new Set(reach.data?.gate.filter((one) => one.contact_point_id === point.id).map((one) => one.channel_id))].map(
      (channelId) => ({
        point,
        answers: (reach.data?.gate ?? []).filter(
          (one) => one.contact_point_id === point.id && one.channel_id === channelId,
        ),
      }),
    ),
  );
  return (
    <Card aria-labelledby="reach">
      <CardHeader>
        <CardTitle id="reach">{t("title")}</CardTitle>
      </CardHeader>
      {reach.isPending && <Skeleton className="m-4 h-24" />}
      {reach.isSuccess && groups.length === 0 && <p className="p-4 text-sm text-muted-foreground">{t("none")}</p>}
      <ul className="divide-y">
        {groups.map(({ point, answers }) => (
          <li key={`${point.id} ${answers[0]?.channel_id}`} className="grid gap-2 px-4 py-3">
            <p className="truncate text-xs text-muted-foreground">
              <ChannelName kind={answers[0]?.channel_kind ?? ""} /> · <bdi dir="ltr">{point.value}</bdi>
            </p>
            <dl className="grid gap-2">
              {CLASSES.map((sendClass) => {
                const answer = answers.find((one) => one.send_class === sendClass);
                return answer && <Answer key={sendClass} answer={answer} label={t(`classes.${sendClass}`)} />;
              })}
            </dl>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const LOOKS = {
  send: { tone: "success", icon: CircleCheckIcon },
  template: { tone: "success", icon: CircleCheckIcon },
  later: { tone: "warning", icon: ClockIcon },
  suppress: { tone: "danger", icon: ShieldOffIcon },
} as const;

function Answer({ answer, label }: { answer: Reach["gate"][number]; label: string }) {
  const t = useTranslations("patients.reach");
  const format = useFormatter();
  const words = useReason(answer.reason);
  const { tone, icon: Icon } = LOOKS[answer.verdict];
  const when = answer.at
    ? format.dateTime(new Date(answer.at), { weekday: "short", hour: "numeric", minute: "2-digit" })
    : "";
  return (
    <div className="grid grid-cols-[1fr_auto] items-start gap-x-2 gap-y-0.5">
      <dt className="text-sm">{label}</dt>
      <dd className="contents">
        <Badge tone={tone}>
          <Icon aria-hidden />
          {answer.verdict === "later" ? t("later", { when }) : t(answer.verdict)}
        </Badge>
        {answer.verdict === "suppress" && words && (
          <span className="col-span-2 text-xs text-muted-foreground">{words}</span>
        )}
      </dd>
    </div>
  );
}

type Words = ReturnType<typeof useTranslations<"inbox">>;
/** The named cast: whether the key is there is asked by `has`. */
const isKnown = (t: Words, key: string): key is "suppressed.other" => t.has(key as "suppressed.other");

function useReason(reason: string | null): string | undefined {
  const t = useTranslations("inbox");
  const key = `suppressed.${reason ?? ""}`;
  return reason && isKnown(t, key) ? t(key) : undefined;
}
