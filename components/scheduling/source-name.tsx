"use client";
import { useTranslations } from "next-intl";

const SOURCES = [
  "WHATSAPP",
  "SMS",
  "EMAIL",
  "PUBLIC_WEB",
  "PATIENT_ACCOUNT",
  "MANUAL_ADMIN",
  "API",
  "WAITLIST",
  "SIMULATOR",
  "IMPORT",
] as const;

/** `created_from` in words. */
export function SourceName({ source }: { source: string }) {
  const t = useTranslations("calendar.sources");
  const known = SOURCES.find((name) => name === source);
  return <>{known ? t(known) : source}</>;
}
