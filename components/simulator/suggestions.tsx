"use client";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { type Locale, LOCALE_NAMES, LOCALES, localeOf } from "@/lib/core/locales";
import { Logo } from "@/components/shared/logo";

/** What a patient might write first. These are the patient's words, so each language has its own whatever the screen's is. */
const OPENINGS = {
  en: [
    "Hi, I'd like a cleaning on Tuesday afternoon",
    "When is my next appointment?",
    "I need to move my visit",
    "How much is whitening?",
  ],
  ar: [
    "مرحبًا، أريد موعد تنظيف يوم الثلاثاء بعد الظهر",
    "متى موعدي القادم؟",
    "أحتاج إلى تغيير موعدي",
    "كم سعر التبييض؟",
  ],
  es: [
    "Hola, quiero una limpieza el martes por la tarde",
    "¿Cuándo es mi próxima cita?",
    "Necesito cambiar mi cita",
    "¿Cuánto cuesta el blanqueamiento?",
  ],
} as const;

interface SuggestionsProps {
  language?: string;
  onChoose: (text: string, language: Locale) => void;
}

export function Suggestions({ language, onChoose }: SuggestionsProps) {
  const t = useTranslations("simulator");
  const screen = localeOf(useLocale()) ?? "en";
  const [chosen, setChosen] = useState(localeOf(language) ?? screen);
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-center gap-4 overflow-y-auto p-6 text-center">
      <Logo className="size-10" />
      <div>
        <p className="font-semibold">{t("emptyTitle")}</p>
        <p className="mt-1 text-sm text-balance text-muted-foreground">{t("emptyText")}</p>
      </div>
      <div role="group" aria-label={t("language")} className="flex gap-1 rounded-md bg-muted p-0.5">
        {LOCALES.map((locale) => (
          <button
            key={locale}
            type="button"
            lang={locale}
            aria-pressed={chosen === locale}
            onClick={() => setChosen(locale)}
            className="h-7 rounded-sm px-3 text-xs font-medium text-muted-foreground aria-pressed:bg-card aria-pressed:text-foreground aria-pressed:shadow-raised pointer-coarse:h-10"
          >
            {LOCALE_NAMES[locale]}
          </button>
        ))}
      </div>
      <ul lang={chosen} dir={chosen === "ar" ? "rtl" : "ltr"} className="grid w-full gap-2">
        {OPENINGS[chosen].map((opening) => (
          <li key={opening}>
            <button
              type="button"
              onClick={() => onChoose(opening, chosen)}
              className="w-full rounded-lg border bg-card px-4 py-2.5 text-start text-sm shadow-raised transition-colors hover:border-ring hover:bg-accent"
            >
              {opening}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
