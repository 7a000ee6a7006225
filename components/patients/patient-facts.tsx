"use client";
import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";

const TYPES = ["COLD_LEAD", "NEW", "EXISTING"] as const;

export function PatientTypeBadge({ type }: { type: string }) {
  const t = useTranslations("common.patient.types");
  const known = TYPES.find((name) => name === type);
  return known ? <Badge tone={known === "EXISTING" ? "neutral" : "primary"}>{t(known)}</Badge> : null;
}

/** A language by its name in the reader's language. */
export function LanguageName({ tag }: { tag: string }) {
  return <>{nameOf(tag, useLocale())}</>;
}

function nameOf(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag; // not a language tag: shown as it is
  }
}
