"use client";
import { LanguagesIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { LOCALE_NAMES, LOCALES, isLocale, localeOf } from "@/lib/core/locales";
import { useChangeLocale } from "@/components/identity/queries";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

export function LanguageMenu({ isSignedIn = false }: { isSignedIn?: boolean }) {
  const t = useTranslations("nav");
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={t("language")} title={t("language")}>
          <LanguagesIcon aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <LanguageChoices isSignedIn={isSignedIn} />
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** Each language under its own name. */
export function LanguageChoices({ isSignedIn }: { isSignedIn: boolean }) {
  const locale = localeOf(useLocale());
  const change = useChangeLocale(isSignedIn);
  return (
    <DropdownMenuRadioGroup value={locale} onValueChange={(value) => isLocale(value) && change.mutate(value)}>
      {LOCALES.map((choice) => (
        <DropdownMenuRadioItem key={choice} value={choice} lang={choice}>
          {LOCALE_NAMES[choice]}
        </DropdownMenuRadioItem>
      ))}
    </DropdownMenuRadioGroup>
  );
}
