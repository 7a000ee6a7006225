import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Logo } from "@/components/shared/logo";
import { LanguageMenu } from "@/components/shell/language-menu";
import { ThemeMenu } from "@/components/shell/theme-menu";
import { TalkPreview } from "./talk-preview";

/** The two halves of the pages before a clinic is entered: what to do, and what the product is about. */
export function AuthFrame({ children }: { children: ReactNode }) {
  const t = useTranslations("auth");
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(28rem,5fr)_6fr]">
      <div className="flex min-h-dvh flex-col bg-card px-6 py-5 sm:px-10">
        <header className="flex items-center justify-between">
          <span className="flex items-center gap-2.5 text-base font-semibold tracking-tight">
            <Logo className="size-7" />
            Chairside
          </span>
          <span className="flex">
            <LanguageMenu />
            <ThemeMenu />
          </span>
        </header>
        <main id="main" className="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center py-10">
          {children}
        </main>
      </div>
      <aside className="hidden flex-col items-center justify-center gap-10 border-s bg-sidebar p-12 lg:flex">
        <TalkPreview />
        <p className="max-w-sm text-center text-lg font-medium text-balance text-muted-foreground">{t("tagline")}</p>
      </aside>
    </div>
  );
}
