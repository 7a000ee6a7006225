"use client";
import { NextIntlClientProvider, useLocale } from "next-intl";
import { createContext, type ReactNode, useContext } from "react";
import { type Digits, formattingTag, localeOf } from "@/lib/core/locales";
import type { ClinicRole } from "@/lib/identity/permissions";

export interface ClinicView {
  slug: string;
  name: string;
  timeZone: string;
  currency: string;
  digits: Digits;
  role: ClinicRole;
}

const Clinic = createContext<ClinicView | undefined>(undefined);

/** The clinic that the page is about. Dates and numbers below it are written in its zone and with its digits. */
export function ClinicProvider({ clinic, children }: { clinic: ClinicView; children: ReactNode }) {
  const locale = localeOf(useLocale()) ?? "en";
  return (
    <Clinic.Provider value={clinic}>
      <NextIntlClientProvider locale={formattingTag(locale, clinic.digits)} timeZone={clinic.timeZone}>
        {children}
      </NextIntlClientProvider>
    </Clinic.Provider>
  );
}

export function useClinic(): ClinicView {
  const clinic = useContext(Clinic);
  if (!clinic) throw new Error("useClinic outside of a ClinicProvider");
  return clinic;
}
