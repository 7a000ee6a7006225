import { hasLocale } from "use-intl/core";
import ar from "@/messages/ar.json";
import en from "@/messages/en.json";
import es from "@/messages/es.json";

/** The languages that have a file in `messages/`, and their texts. */
export const LOCALES = ["en", "ar", "es"] as const;
export type Locale = (typeof LOCALES)[number];

const MESSAGES = { en, ar, es };
export type Catalogue = typeof en;

/** The texts of a language; English for one that we don't speak. */
export const messagesOf = (locale: string): Catalogue => (hasLocale(LOCALES, locale) ? MESSAGES[locale] : en);
