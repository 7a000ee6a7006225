"use client";
import { QueryClientProvider } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { Direction } from "radix-ui";
import { type ReactNode, useState } from "react";
import { Toaster } from "@/components/ui/toaster";
import { TooltipProvider } from "@/components/ui/tooltip";
import { makeQueryClient } from "./query-client";

interface ProvidersProps {
  dir: "ltr" | "rtl";
  nonce?: string;
  children: ReactNode;
}

export function Providers({ dir, nonce, children }: ProvidersProps) {
  const t = useTranslations("common");
  const [queries] = useState(makeQueryClient);
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      <Direction.Provider dir={dir}>
        <QueryClientProvider client={queries}>
          <NuqsAdapter>
            <TooltipProvider delayDuration={400}>{children}</TooltipProvider>
          </NuqsAdapter>
          <Toaster dir={dir} label={t("notifications")} />
        </QueryClientProvider>
      </Direction.Provider>
    </ThemeProvider>
  );
}
