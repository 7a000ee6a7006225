"use client";
import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { PatientItem } from "@/lib/patients/schema";

export function PatientTypeBadge({ type }: { type: PatientItem["patient_type"] }) {
  const t = useTranslations("common.patient.types");
  return <Badge tone={type === "EXISTING" ? "neutral" : "primary"}>{t(type)}</Badge>;
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
