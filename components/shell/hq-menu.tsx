"use client";
import { LogOutIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useLogout } from "@/components/identity/queries";
import { useToastError } from "@/components/shared/error-words";
import { Button } from "@/components/ui/button";
import { LanguageMenu } from "./language-menu";
import { ThemeMenu } from "./theme-menu";

export function HqMenu({ name }: { name: string }) {
  const t = useTranslations("nav");
  const logout = useLogout();
  const toastError = useToastError();
  return (
    <div className="flex items-center gap-1">
      <span className="me-2 text-sm text-muted-foreground max-sm:hidden">{name}</span>
      <LanguageMenu isSignedIn />
      <ThemeMenu />
      <Button
        variant="ghost"
        size="icon"
        aria-label={t("logout")}
        title={t("logout")}
        onClick={() => logout.mutate(undefined, { onError: toastError })}
      >
        <LogOutIcon aria-hidden className="mirror-rtl" />
      </Button>
    </div>
  );
}
