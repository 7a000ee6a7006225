"use client";
import { useTranslations } from "next-intl";

const KINDS = [
  "image",
  "audio",
  "video",
  "document",
  "sticker",
  "location",
  "contacts",
  "reaction",
  "unsupported",
] as const;

/** One line for a message: its words, else what it is. */
export function useSummary(): (message: { text: string; kind: string }) => string {
  const t = useTranslations("inbox.kinds");
  return ({ text, kind }) => {
    const known = KINDS.find((one) => one === kind);
    if (!known) return text;
    return text ? `${t(known)} · ${text}` : t(known);
  };
}
