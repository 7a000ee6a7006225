"use client";
import {
  BanIcon,
  CheckIcon,
  CircleCheckIcon,
  ClockIcon,
  type LucideIcon,
  MessageCircleIcon,
  SendIcon,
  Undo2Icon,
  XIcon,
} from "lucide-react";
import { useNow, useTranslations } from "next-intl";
import Link from "next/link";
import { useClinic } from "@/components/shared/clinic-context";
import { PersonName } from "@/components/shared/person-name";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { OfferItem } from "@/lib/waitlist/schema";
import { useWaitlistActs } from "./acts";
import { useOutcome } from "./words";

const LOOK = {
  queued: { icon: SendIcon, colour: "text-muted-foreground" },
  sent: { icon: MessageCircleIcon, colour: "text-info" },
  claimed: { icon: CircleCheckIcon, colour: "text-success" },
  declined: { icon: XIcon, colour: "text-muted-foreground" },
  lapsed: { icon: ClockIcon, colour: "text-muted-foreground" },
  lost: { icon: ClockIcon, colour: "text-muted-foreground" },
  withdrawn: { icon: Undo2Icon, colour: "text-muted-foreground" },
  refused: { icon: BanIcon, colour: "text-warning" },
} as const satisfies Record<OfferItem["status"], { icon: LucideIcon; colour: string }>;

const OPEN: readonly OfferItem["status"][] = ["queued", "sent"];

/** One who was asked: what they said, how long they have left, and answering for them. */
export function OfferRow({ offer, mayAnswer }: { offer: OfferItem; mayAnswer: boolean }) {
  const t = useTranslations("waitlist.offer");
  const { slug } = useClinic();
  const outcome = useOutcome();
  const acts = useWaitlistActs();
  const { icon: Icon, colour } = LOOK[offer.status];
  const { name } = offer.patient;
  const isOpen = OPEN.includes(offer.status);
  return (
    <li className="flex items-center gap-2.5 px-4 py-2 text-sm">
      <Icon aria-hidden className={cn("size-4 shrink-0", colour)} />
      <div className="min-w-0 flex-1">
        <Link
          href={`/c/${slug}/patients/${offer.patient.id}`}
          className="block max-w-fit rounded-sm font-medium hover:underline"
        >
          <PersonName>{name}</PersonName>
        </Link>
        <p className="text-xs text-muted-foreground">
          {outcome(offer)}
          {offer.answered_by === "staff" && ` · ${t("byStaff")}`}
          {isOpen && <TimeLeft until={offer.expires_at} />}
        </p>
      </div>
      {mayAnswer && isOpen && (
        <div className="flex shrink-0 gap-1">
          <Button
            variant="ghost"
            size="icon"
            title={t("claim")}
            aria-label={t("claimFor", { name })}
            disabled={acts.isPending}
            onClick={() => acts.claim(offer)}
          >
            <CheckIcon aria-hidden />
          </Button>
          <Button
            variant="ghost"
            size="icon"
            title={t("decline")}
            aria-label={`${name}: ${t("decline")}`}
            disabled={acts.isPending}
            onClick={() => acts.decline(offer)}
          >
            <XIcon aria-hidden />
          </Button>
        </div>
      )}
    </li>
  );
}

function TimeLeft({ until }: { until: string }) {
  const t = useTranslations("waitlist.offer");
  const now = useNow({ updateInterval: 10_000 });
  const minutes = Math.max(0, Math.floor((Date.parse(until) - now.getTime()) / 60_000));
  return <span className="tabular-nums"> · {t("left", { minutes })}</span>;
}
