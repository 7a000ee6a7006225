"use client";
import { LogOutIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useLogout } from "@/components/identity/queries";
import { useClinic } from "@/components/shared/clinic-context";
import { useToastError } from "@/components/shared/error-words";
import { Avatar } from "@/components/ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { LanguageChoices } from "./language-menu";
import { hrefOf, pagesFor } from "./navigation";
import { ThemeChoices } from "./theme-menu";

export interface ShellUser {
  name: string;
  email: string;
}

/** Who is signed in and the way out; on a phone also language and theme. */
export function UserMenu({ user }: { user: ShellUser }) {
  const t = useTranslations("nav");
  const { slug, role } = useClinic();
  const logout = useLogout();
  const toastError = useToastError();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={t("account", { name: user.name })}
        className="ms-1 flex size-8 items-center justify-center rounded-full pointer-coarse:size-11"
      >
        <Avatar name={user.name} className="size-7 text-2xs" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="w-60">
        <div className="flex items-center gap-3 px-2 py-2">
          <Avatar name={user.name} />
          <div className="min-w-0">
            <p className="truncate text-sm font-medium">{user.name}</p>
            <p className="truncate text-xs text-muted-foreground">
              <bdi>{user.email}</bdi>
            </p>
          </div>
        </div>
        <DropdownMenuLabel className="pt-0">{t(`roles.${role}`)}</DropdownMenuLabel>
        <div className="md:hidden">
          <DropdownMenuSeparator />
          <DropdownMenuLabel>{t("language")}</DropdownMenuLabel>
          <LanguageChoices isSignedIn />
          <DropdownMenuSeparator />
          <DropdownMenuLabel>{t("theme")}</DropdownMenuLabel>
          <ThemeChoices />
        </div>
        <DropdownMenuSeparator />
        {pagesFor(role)
          .filter((item) => item.isAside)
          .map(({ page, icon: Icon }) => (
            <DropdownMenuItem key={page} asChild className="md:hidden">
              <Link href={hrefOf(slug, page, role)}>
                <Icon aria-hidden />
                {t(page)}
              </Link>
            </DropdownMenuItem>
          ))}
        <DropdownMenuItem onSelect={() => logout.mutate(undefined, { onError: toastError })}>
          <LogOutIcon aria-hidden className="mirror-rtl" />
          {t("logout")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
