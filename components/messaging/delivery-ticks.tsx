"use client";
import {
  CheckCheckIcon,
  CheckIcon,
  CircleAlertIcon,
  CircleHelpIcon,
  ClockIcon,
  type LucideIcon,
  ShieldOffIcon,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";

const STATUSES = {
  queued: { icon: ClockIcon, colour: "" },
  sending: { icon: ClockIcon, colour: "" },
  sent: { icon: CheckIcon, colour: "" },
  delivered: { icon: CheckCheckIcon, colour: "" },
  read: { icon: CheckCheckIcon, colour: "text-primary-text" },
  unknown: { icon: CircleHelpIcon, colour: "" },
  failed: { icon: CircleAlertIcon, colour: "text-danger" },
  suppressed: { icon: ShieldOffIcon, colour: "text-warning" },
} as const satisfies Record<string, { icon: LucideIcon; colour: string }>;

const isKnown = (status: string): status is keyof typeof STATUSES => Object.hasOwn(STATUSES, status);

/** How far a message got: a sign to glance at, a word for who can't see it. */
export function DeliveryTicks({ status }: { status: string }) {
  const t = useTranslations("inbox.delivery");
  if (!isKnown(status)) return null;
  const { icon: Icon, colour } = STATUSES[status];
  return (
    <span title={t(status)} className="inline-flex">
      <Icon aria-hidden className={cn("size-3.5", colour)} />
      <span className="sr-only">{t(status)}</span>
    </span>
  );
}
