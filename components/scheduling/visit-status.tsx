"use client";
import {
  ArmchairIcon,
  BanIcon,
  CalendarClockIcon,
  CheckCheckIcon,
  CircleCheckIcon,
  HourglassIcon,
  type LucideIcon,
  MessageCircleQuestionMarkIcon,
  TimerOffIcon,
  UserXIcon,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import type { Appointment } from "./queries";

/** How a visit stands, as people say it: its status together with the patient's confirmation. */
export const standingOf = ({ state, confirmation }: Pick<Appointment, "state" | "confirmation">) => {
  if (state !== "scheduled") return state;
  if (confirmation === "confirmed" || confirmation === "declined" || confirmation === "asked") return confirmation;
  return "scheduled";
};
export type Standing = ReturnType<typeof standingOf>;

/** A standing is never colour alone: each has its own sign and word. */
export const STANDINGS = {
  held: { tone: "neutral", icon: HourglassIcon },
  scheduled: { tone: "info", icon: CalendarClockIcon },
  asked: { tone: "warning", icon: MessageCircleQuestionMarkIcon },
  confirmed: { tone: "primary", icon: CircleCheckIcon },
  declined: { tone: "danger", icon: BanIcon },
  checked_in: { tone: "violet", icon: ArmchairIcon },
  completed: { tone: "success", icon: CheckCheckIcon },
  cancelled: { tone: "neutral", icon: BanIcon },
  no_show: { tone: "danger", icon: UserXIcon },
  expired: { tone: "neutral", icon: TimerOffIcon },
} as const satisfies Record<Standing, { tone: Tone; icon: LucideIcon }>;

export function VisitStatusBadge({ visit }: { visit: Pick<Appointment, "state" | "confirmation"> }) {
  const t = useTranslations("calendar.standing");
  const standing = standingOf(visit);
  const { tone, icon: Icon } = STANDINGS[standing];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {t(standing)}
    </Badge>
  );
}
