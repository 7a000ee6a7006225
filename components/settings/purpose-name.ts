"use client";
import { useTranslations } from "next-intl";

const PURPOSES = [
  "reminder_24h",
  "reminder_3h",
  "confirmation",
  "moved",
  "cancelled",
  "waitlist_offer",
  "waitlist_lost",
  "recall",
  "recovery",
  "rebook",
  "review",
  "handoff_note",
  "write_back",
] as const;

/** What a template is for in words; one of the clinic's own goes by its name. */
export function usePurposeName(): (template: { name: string; purpose: string | null }) => string {
  const t = useTranslations("settings.templates.purposes");
  return ({ name, purpose }) => {
    const known = PURPOSES.find((one) => one === purpose);
    return known ? t(known) : name;
  };
}
