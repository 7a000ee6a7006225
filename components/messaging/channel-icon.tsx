"use client";
import {
  type LucideIcon,
  type LucideProps,
  MailIcon,
  MessageCircleCodeIcon,
  MessageCircleIcon,
  MessageSquareTextIcon,
} from "lucide-react";
import { useTranslations } from "next-intl";

const CHANNELS = ["twilio_sms", "twilio_whatsapp", "whatsapp_cloud", "email", "simulator"] as const;
const ICONS: Record<string, LucideIcon> = {
  twilio_whatsapp: MessageCircleIcon,
  whatsapp_cloud: MessageCircleIcon,
  email: MailIcon,
  simulator: MessageCircleCodeIcon,
};

export function ChannelIcon({ kind, ...props }: LucideProps & { kind: string }) {
  const Icon = ICONS[kind] ?? MessageSquareTextIcon;
  return <Icon aria-hidden {...props} />;
}

export function ChannelName({ kind }: { kind: string }) {
  const t = useTranslations("inbox.channels");
  const known = CHANNELS.find((name) => name === kind);
  return <>{known ? t(known) : kind}</>;
}
