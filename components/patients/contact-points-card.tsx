"use client";
import {
  EllipsisIcon,
  MailIcon,
  MessageCircleIcon,
  PhoneIcon,
  PhoneOffIcon,
  PlusIcon,
  StarIcon,
  Trash2Icon,
} from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import { isolate } from "@/components/i18n/isolate";
import { useClinic } from "@/components/shared/clinic-context";
import { useToastError } from "@/components/shared/error-words";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { may } from "@/lib/identity/permissions";
import { RELATIONS, type ContactPointItem, type PatientDetail } from "@/lib/patients/schema";
import { AddContactDialog } from "./add-contact-dialog";
import { MaskedNumber } from "./masked-number";
import { useContactPoints } from "./queries";
import { WriteMailDialog } from "./write-mail-dialog";

const ICONS = { phone: PhoneIcon, email: MailIcon, whatsapp_user: MessageCircleIcon } as const;

/** How the patient is reached, and who else is at the same number. */
export function ContactPointsCard({ patient }: { patient: PatientDetail }) {
  const t = useTranslations("patients.contact");
  const { role } = useClinic();
  const [isAdding, setAdding] = useState(false);
  const mayWrite = may(role, "patient.write") && patient.merged_into_id === null;
  return (
    <Card aria-labelledby="contact">
      <CardHeader>
        <CardTitle id="contact">{t("title")}</CardTitle>
        {mayWrite && (
          <Button size="sm" onClick={() => setAdding(true)}>
            <PlusIcon aria-hidden />
            {t("add")}
          </Button>
        )}
      </CardHeader>
      {patient.contact_points.length === 0 && <p className="p-4 text-sm text-muted-foreground">{t("empty")}</p>}
      <ul className="divide-y">
        {patient.contact_points.map((point) => (
          <ContactPoint key={point.id} patientId={patient.id} point={point} mayWrite={mayWrite} />
        ))}
      </ul>
      {isAdding && <AddContactDialog patientId={patient.id} onClose={() => setAdding(false)} />}
    </Card>
  );
}

interface ContactPointProps {
  patientId: string;
  point: ContactPointItem;
  mayWrite: boolean;
}

function ContactPoint({ patientId, point, mayWrite }: ContactPointProps) {
  const t = useTranslations("patients.contact");
  const format = useFormatter();
  const { slug } = useClinic();
  const Icon = ICONS[point.kind];
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <Icon aria-label={t(`kinds.${point.kind}`)} className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
      <div className="grid min-w-0 flex-1 gap-1">
        <p className="truncate font-medium tabular">
          {point.is_masked ? <MaskedNumber id={point.id} masked={point.value} /> : <bdi dir="ltr">{point.value}</bdi>}
        </p>
        <p className="flex flex-wrap gap-1.5">
          <Badge tone={point.relation === "self" ? "neutral" : "info"}>{t(`relations.${point.relation}`)}</Badge>
          {point.is_primary && (
            <Badge tone="primary">
              <StarIcon aria-hidden />
              {t("primary")}
            </Badge>
          )}
          {point.unreachable_since && (
            <Badge tone="danger" title={point.unreachable_reason ?? undefined}>
              <PhoneOffIcon aria-hidden />
              {t("unreachable", {
                date: format.dateTime(new Date(point.unreachable_since), { day: "numeric", month: "short" }),
              })}
            </Badge>
          )}
        </p>
        {point.shared_with.length > 0 && (
          <p className="text-xs text-muted-foreground">
            {t("shared")}{" "}
            {point.shared_with.map((one, at) => (
              <span key={one.id}>
                {at > 0 && " · "}
                <Link href={`/c/${slug}/patients/${one.id}`} className="text-primary-text hover:underline">
                  <bdi>{one.name}</bdi>
                </Link>
              </span>
            ))}
          </p>
        )}
      </div>
      {mayWrite && <ContactActs patientId={patientId} point={point} />}
    </li>
  );
}

function ContactActs({ patientId, point }: Omit<ContactPointProps, "mayWrite">) {
  const t = useTranslations("patients.contact");
  const common = useTranslations("common");
  const mail = useTranslations("patients.mail");
  const { slug } = useClinic();
  const onError = useToastError();
  const { add, change, remove } = useContactPoints(slug, patientId);
  const [isWriting, setWriting] = useState(false);
  const { id, kind, value, relation, is_primary } = point;
  const back = () => kind !== "whatsapp_user" && add.mutateAsync({ kind, value, relation, is_primary }).catch(onError);
  const undo = kind === "whatsapp_user" ? {} : { action: { label: common("undo"), onClick: () => void back() } };
  // The row has gone by then, and with it what a mutation calls back: the promise stays.
  const drop = () =>
    remove.mutateAsync(id).then(() => void toast.success(t("removed", { value: isolate(value) }), undo), onError);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="iconSm" aria-label={t("actions", { value: isolate(value) })}>
            <EllipsisIcon aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          {kind === "email" && (
            <DropdownMenuItem onSelect={() => setWriting(true)}>
              <MailIcon aria-hidden />
              {mail("write")}
            </DropdownMenuItem>
          )}
          {!is_primary && (
            <DropdownMenuItem onSelect={() => change.mutate({ id, is_primary: true }, { onError })}>
              <StarIcon aria-hidden />
              {t("makePrimary")}
            </DropdownMenuItem>
          )}
          {RELATIONS.filter((other) => other !== relation).map((other) => (
            <DropdownMenuItem key={other} onSelect={() => change.mutate({ id, relation: other }, { onError })}>
              {t("setRelation", { relation: t(`relations.${other}`) })}
            </DropdownMenuItem>
          ))}
          <DropdownMenuSeparator />
          <DropdownMenuItem tone="danger" onSelect={() => void drop()}>
            <Trash2Icon aria-hidden />
            {t("remove")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {isWriting && <WriteMailDialog point={point} onClose={() => setWriting(false)} />}
    </>
  );
}
