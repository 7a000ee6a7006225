import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/noto-sans-arabic/wght.css";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages } from "next-intl/server";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { directionOf, localeOf } from "@/lib/core/locales";
import { Providers } from "@/components/shared/providers";

export const metadata: Metadata = {
  title: { default: "Chairside", template: "%s · Chairside" },
  applicationName: "Chairside",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#14191b" },
  ],
};

/** What the browser is sent of the messages: the screens' words, not the bot's. */
const SCREENS = [
  "common",
  "nav",
  "auth",
  "dashboard",
  "inbox",
  "appointments",
  "calendar",
  "patients",
  "notifications",
  "settings",
  "setUp",
  "simulator",
  "tasks",
  "waitlist",
  "errors",
] as const;

export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale();
  const messages = await getMessages();
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  const dir = directionOf(locale);
  return (
    <html lang={localeOf(locale)} dir={dir} suppressHydrationWarning>
      <body>
        <NextIntlClientProvider messages={Object.fromEntries(SCREENS.map((name) => [name, messages[name]]))}>
          <Providers dir={dir} nonce={nonce}>
            {children}
          </Providers>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
