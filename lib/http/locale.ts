import { createTranslator, hasLocale } from "use-intl/core";
import { LOCALES, messagesOf, type Locale } from "@/lib/core/catalogue";
import type { ErrorCode } from "@/lib/core/errors";

export { LOCALES, messagesOf, type Locale };
export const LOCALE_COOKIE = "locale";

/** The first of the candidates that we speak; English else. Candidates come from the most to the least specific. */
export function pickLocale(...candidates: (string | null | undefined)[]): Locale {
  for (const candidate of candidates) {
    for (const tag of (candidate ?? "").split(",")) {
      const language = tag.trim().split(/[-;_]/)[0]?.toLowerCase();
      if (hasLocale(LOCALES, language)) return language;
    }
  }
  return "en";
}

/** The caller's language by preference cookie, then Accept-Language (in the order written: browsers sort it). */
export function localeOf(request: Request): Locale {
  const cookie = /(?:^|;\s*)locale=([a-z]{2})/.exec(request.headers.get("cookie") ?? "")?.[1];
  return pickLocale(cookie, request.headers.get("accept-language"));
}

/** An error code in the caller's words: what happened and what to do. */
export function wordsOf(code: ErrorCode, locale: string): string {
  const t = createTranslator({ locale, messages: messagesOf(locale), namespace: "errors" });
  return t(code);
}
