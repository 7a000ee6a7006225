import ar from "@/messages/ar.json";
import en from "@/messages/en.json";
import es from "@/messages/es.json";
import { isLocale } from "./locales";

const MESSAGES = { en, ar, es };
export type Catalogue = typeof en;

/** The texts of a language, for what is said outside a screen; English for one that we don't speak. */
export const messagesOf = (locale: string): Catalogue => (isLocale(locale) ? MESSAGES[locale] : en);
