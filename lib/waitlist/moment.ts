import { localeOf } from "@/lib/core/locales";

const LOCALE = { en: "en-US", es: "es", ar: "ar" } as const;

/** A day and time as an offer writes it: the clinic's zone, the Gregorian calendar, the clinic's digits. */
export function momentWritten(at: Date, language: string, timeZone: string, digits: "latn" | "arab"): string {
  const locale = localeOf(language) ?? "en";
  const numbers = locale === "ar" ? digits : "latn";
  const format = new Intl.DateTimeFormat(`${LOCALE[locale]}-u-ca-gregory-nu-${numbers}`, {
    ...{ timeZone, weekday: "long", day: "numeric", month: "long" },
    ...{ hour: "numeric", minute: "2-digit", hour12: locale !== "es" },
  });
  // Engines put narrow spaces and marks here, which a text message pays for in Unicode segments.
  return format
    .format(at)
    .replace(/[\u00a0\u202f\u2009]/g, " ")
    .replace(/[\u200e\u200f\u061c]/g, "");
}
