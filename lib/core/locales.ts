/** The languages of the screens. No locale is in a path: the user's setting, then the cookie, then the browser. */
export const LOCALES = ["en", "ar", "es"] as const;
export type Locale = (typeof LOCALES)[number];
export type Digits = "latn" | "arab";

export const LOCALE_COOKIE = "locale";
export const LOCALE_NAMES = { en: "English", ar: "العربية", es: "Español" } as const satisfies Record<Locale, string>;

export const isLocale = (value: string | undefined): value is Locale => LOCALES.some((locale) => locale === value);

/** The language of a tag: `ar-u-ca-gregory-nu-latn` and `ar-SA` are `ar`; undefined when we don't speak it. */
export function localeOf(tag: string | undefined): Locale | undefined {
  const language = tag?.trim().split("-")[0]?.toLowerCase();
  return isLocale(language) ? language : undefined;
}

export const directionOf = (tag: string): "ltr" | "rtl" => (localeOf(tag) === "ar" ? "rtl" : "ltr");

/**
 * The tag that dates and numbers are written by. Engines differ in the calendar and digits that they choose for
 * Arabic, so both are pinned: server and browser must write the same.
 */
export const formattingTag = (locale: Locale, digits: Digits = "latn"): string =>
  locale === "ar" ? `ar-u-ca-gregory-nu-${digits}` : locale;

/** The first of the choices that we speak, in order: cookie, then Accept-Language by its weights; else English. */
export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(cookie)) return cookie;
  const asked = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag, weight] = part.split(";q=");
      return { locale: localeOf(tag), weight: weight === undefined ? 1 : Number(weight) || 0 };
    })
    .sort((a, b) => b.weight - a.weight);
  return asked.find((choice) => choice.locale && choice.weight > 0)?.locale ?? "en";
}
