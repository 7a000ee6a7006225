"use client";
import { type LucideProps, MessageCircleCodeIcon, MessageSquareTextIcon } from "lucide-react";
import { useTranslations } from "next-intl";

const CHANNELS = ["twilio_sms", "simulator"] as const;

export function ChannelIcon({ kind, ...props }: LucideProps & { kind: string }) {
  const Icon = kind === "simulator" ? MessageCircleCodeIcon : MessageSquareTextIcon;
  return <Icon aria-hidden {...props} />;
}

export function ChannelName({ kind }: { kind: string }) {
  const t = useTranslations("inbox.channels");
  const known = CHANNELS.find((name) => name === kind);
  return <>{known ? t(known) : kind}</>;
}
