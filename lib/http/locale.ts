import { createTranslator } from "use-intl/core";
import { messagesOf } from "@/lib/core/catalogue";
import type { ErrorCode } from "@/lib/core/errors";
import { chooseLocale, isLocale, type Locale } from "@/lib/core/locales";

/** The caller's language where they have no setting: the preference cookie, then Accept-Language. */
export function localeOf(request: Request): Locale {
  const cookie = /(?:^|;\s*)locale=([a-z]{2})/.exec(request.headers.get("cookie") ?? "")?.[1];
  return chooseLocale(cookie, request.headers.get("accept-language"));
}

/** A person's own language, or what their browser asks for. */
export const ownLocale = (setting: string | null, asked: Locale): Locale =>
  setting !== null && isLocale(setting) ? setting : asked;

/** An error code in the caller's words: what happened and what to do. */
export function wordsOf(code: ErrorCode, locale: string): string {
  const t = createTranslator({ locale, messages: messagesOf(locale), namespace: "errors" });
  return t(code);
}
