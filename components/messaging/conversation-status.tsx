"use client";
import {
  BotIcon,
  BotOffIcon,
  CircleSlashIcon,
  ClockIcon,
  HandIcon,
  HeadsetIcon,
  type LucideIcon,
  PencilLineIcon,
  SirenIcon,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import type { Conversation } from "./queries";

type Held = Pick<Conversation, "status" | "holder" | "is_urgent" | "channel">;

const STANDINGS = {
  urgent: { tone: "danger", icon: SirenIcon },
  handoff: { tone: "danger", icon: HandIcon },
  staff: { tone: "violet", icon: HeadsetIcon },
  waiting: { tone: "warning", icon: ClockIcon },
  closed: { tone: "neutral", icon: CircleSlashIcon },
  drafts: { tone: "violet", icon: PencilLineIcon },
  off: { tone: "neutral", icon: BotOffIcon },
  bot: { tone: "primary", icon: BotIcon },
} as const satisfies Record<string, { tone: Tone; icon: LucideIcon }>;

/** What matters most about a thread: closed, then who has it, then whether someone is waited for. */
export function standingOf({ status, holder, is_urgent: isUrgent, channel }: Held): keyof typeof STANDINGS {
  if (status === "closed") return "closed";
  if (holder === "staff") return "staff";
  if (status === "handoff") return isUrgent ? "urgent" : "handoff";
  if (status === "waiting") return "waiting";
  return channel.bot_mode === "drafts" || channel.bot_mode === "off" ? channel.bot_mode : "bot";
}

export function ConversationStatusBadge({ conversation }: { conversation: Held }) {
  const t = useTranslations("inbox.standing");
  const standing = standingOf(conversation);
  const { tone, icon: Icon } = STANDINGS[standing];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {t(standing)}
    </Badge>
  );
}
