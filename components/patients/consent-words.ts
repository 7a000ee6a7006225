"use client";
import { useTranslations } from "next-intl";

const HOWS = ["keyword", "phrase", "carrier", "form", "staff", "import"] as const;

/** How a consent came about, in words. */
export function useHow(): (how: string) => string {
  const t = useTranslations("patients.consent.hows");
  return (how) => t(HOWS.find((known) => known === how) ?? "other");
}

const CHANNELS = ["sms", "whatsapp", "email"] as const;
const PURPOSES = ["service", "marketing"] as const;

/** `sms.marketing` in words. */
export function useConsentName(): (what: string) => string {
  const t = useTranslations("patients.consent");
  return (what) => {
    const [channel, purpose] = what.split(".");
    const [knownChannel, knownPurpose] = [CHANNELS.find((c) => c === channel), PURPOSES.find((p) => p === purpose)];
    return knownChannel && knownPurpose ? `${t(`channels.${knownChannel}`)} · ${t(`purposes.${knownPurpose}`)}` : what;
  };
}
