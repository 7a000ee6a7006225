"use client";
import { BanIcon, CircleCheckIcon, ClockIcon, MoreHorizontalIcon, RadioIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { ColorDot } from "@/components/scheduling/set-up/color-dot";
import { LocalTime } from "@/components/shared/local-time";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { SlotItem } from "@/lib/waitlist/schema";
import { useWaitlistActs } from "./acts";
import { OfferDialog } from "./offer-dialog";
import { OfferRow } from "./offer-row";

const LOOK = {
  open: { tone: "info", icon: RadioIcon },
  filled: { tone: "success", icon: CircleCheckIcon },
  stopped: { tone: "warning", icon: BanIcon },
  over: { tone: "neutral", icon: ClockIcon },
} as const satisfies Record<SlotItem["status"], { tone: Tone; icon: unknown }>;

interface SlotCardProps {
  slot: SlotItem;
  mayAct: boolean;
}

/** One freed time: whose it was, who was asked and what they said, and stopping it. */
export function SlotCard({ slot, mayAct }: SlotCardProps) {
  const t = useTranslations("waitlist.slots");
  const [isChoosing, setChoosing] = useState(false);
  const { tone, icon: Icon } = LOOK[slot.status];
  const isOpen = slot.status === "open";
  // The latest who were asked come first; who could not be asked stands last.
  const offers = slot.offers.toSorted(
    (a, b) => Number(a.status === "refused") - Number(b.status === "refused") || b.batch - a.batch,
  );
  return (
    <Card className={cn("overflow-hidden", !isOpen && "shadow-none")}>
      <div className="px-4 py-3">
        <div className="flex min-h-8 items-center gap-2">
          <h3 className="min-w-0 flex-1 truncate font-semibold tabular-nums">
            <LocalTime at={slot.starts_at} show="dayTime" />
          </h3>
          <Badge tone={tone}>
            <Icon aria-hidden />
            {t(`status.${slot.status}`)}
          </Badge>
          {mayAct && <SlotMenu slot={slot} onOffer={() => setChoosing(true)} />}
        </div>
        <p className="flex min-w-0 items-center gap-1.5 text-sm text-muted-foreground">
          <ColorDot color={slot.provider.color} />
          <span className="truncate">{slot.provider.name}</span>
          <span aria-hidden>·</span>
          <span className="shrink-0">{t(`cause.${slot.cascade_depth > 0 ? "cascade" : slot.cause}`)}</span>
        </p>
      </div>
      {slot.ended_because && (
        <p className="px-4 pb-3 text-sm text-muted-foreground">{t(`because.${slot.ended_because}`)}</p>
      )}
      {isOpen && offers.length === 0 && <p className="px-4 pb-3 text-sm text-muted-foreground">{t("searching")}</p>}
      {offers.length > 0 && (
        <ul className="max-h-72 divide-y overflow-y-auto border-t">
          {offers.map((offer) => (
            <OfferRow key={offer.id} offer={offer} mayAnswer={mayAct && isOpen} />
          ))}
        </ul>
      )}
      {isChoosing && <OfferDialog slot={slot} onClose={() => setChoosing(false)} />}
    </Card>
  );
}

function SlotMenu({ slot, onOffer }: { slot: SlotItem; onOffer: () => void }) {
  const t = useTranslations("waitlist.slots");
  const list = useTranslations("waitlist.list");
  const format = useFormatter();
  const acts = useWaitlistActs();
  if (slot.status !== "open" && slot.status !== "stopped") return null;
  const name = format.dateTime(new Date(slot.starts_at), { weekday: "short", hour: "numeric", minute: "2-digit" });
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={list("more", { name })} className="-me-2">
          <MoreHorizontalIcon aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {slot.status === "open" ? (
          <>
            <DropdownMenuItem onSelect={onOffer}>{t("offerTo")}</DropdownMenuItem>
            <DropdownMenuItem onSelect={() => acts.stop(slot)}>{t("stop")}</DropdownMenuItem>
          </>
        ) : (
          <DropdownMenuItem onSelect={() => acts.resume(slot)}>{t("resume")}</DropdownMenuItem>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
