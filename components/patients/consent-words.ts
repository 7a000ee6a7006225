"use client";
import { useTranslations } from "next-intl";
import type { ConsentNow, ContactPointItem } from "@/lib/patients/schema";

const HOWS = ["keyword", "phrase", "carrier", "form", "staff", "import"] as const;

/** How a consent came about, in words. */
export function useHow(): (how: string) => string {
  const t = useTranslations("patients.consent.hows");
  return (how) => t(HOWS.find((known) => known === how) ?? "other");
}

const CHANNELS = ["sms", "whatsapp", "email"] as const;
export const PURPOSES = ["service", "marketing"] as const;

/** The channels that reach an address of a kind. */
export const CHANNELS_AT = {
  phone: ["sms", "whatsapp"],
  whatsapp_user: ["whatsapp"],
  email: ["email"],
} as const satisfies Record<ContactPointItem["kind"], readonly ConsentNow["channel_kind"][]>;

/** `sms.marketing` in words. */
export function useConsentName(): (what: string) => string {
  const t = useTranslations("patients.consent");
  return (what) => {
    const [channel, purpose] = what.split(".");
    const [knownChannel, knownPurpose] = [CHANNELS.find((c) => c === channel), PURPOSES.find((p) => p === purpose)];
    return knownChannel && knownPurpose ? `${t(`channels.${knownChannel}`)} · ${t(`purposes.${knownPurpose}`)}` : what;
  };
}
