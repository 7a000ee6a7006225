import { createTranslator } from "use-intl/core";
import { messagesOf } from "@/lib/core/catalogue";
import { localeOf, type Locale } from "@/lib/core/locales";
import type { SendClass } from "@/lib/messaging/send";
import type { TemplatePurpose } from "@/lib/messaging/templates/purposes";

/** What a class's messages are about where no template tells. */
const STANDS_FOR: Partial<Record<SendClass, TemplatePurpose>> = { reminder: "reminder_24h", offer: "waitlist_offer" };
const ARABIC = /\p{Script=Arabic}/u;

/**
 * The language of a letter: the first that is known and that its words can be in. A member writes to whom they like in the
 * language that they like, and a subject in another one beside it reads as a mistake.
 */
export function languageOf(text: string, known: readonly (string | null | undefined)[]): Locale {
  const isArabic = ARABIC.test(text);
  const locales = known.flatMap((tag) => localeOf(tag ?? "") ?? []);
  return locales.find((one) => (one === "ar") === isArabic) ?? (isArabic ? "ar" : "en");
}

/** What stands over a letter that has no subject of its own; it names the clinic and nothing of the person. */
export function subjectOf(
  locale: Locale,
  purpose: TemplatePurpose | undefined,
  sendClass: SendClass | null,
  clinic: string,
): string {
  const t = createTranslator({ locale, messages: messagesOf(locale), namespace: "messaging.mail.subjects" });
  return t(purpose ?? STANDS_FOR[sendClass ?? "reply"] ?? "message", { clinic });
}
