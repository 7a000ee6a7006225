"use client";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { useKeys } from "@/components/shared/keys";
import { LiveProvider } from "@/components/shared/live";
import { BottomNav } from "./bottom-nav";
import { CommandPalette } from "./command-palette";
import { hrefOf, pagesFor } from "./navigation";
import { ShortcutsDialog } from "./shortcuts-dialog";
import { Sidebar } from "./sidebar";
import { TopBar } from "./top-bar";
import type { ShellUser } from "./user-menu";

interface PortalShellProps {
  user: ShellUser;
  /** The place in the clinic's feed before anything on the page was read. */
  since: string;
  children: ReactNode;
}

/** The frame of a clinic's pages: navigation, search, live state, and the place where a page stands. */
export function PortalShell({ user, since, children }: PortalShellProps) {
  const t = useTranslations("nav");
  const { slug, role } = useClinic();
  const router = useRouter();
  const [isSearching, setSearching] = useState(false);
  const [isHelping, setHelping] = useState(false);

  useKeys(
    {
      ...Object.fromEntries(
        pagesFor(role).flatMap(({ page, key }) => (key ? [[key, () => router.push(hrefOf(slug, page, role))]] : [])),
      ),
      "/": () => setSearching(true),
      "?": () => setHelping(true),
    },
    "shell",
  );

  return (
    <LiveProvider slug={slug} since={since}>
      <a
        href="#main"
        className="fixed start-3 top-3 z-50 -translate-y-20 rounded-md bg-foreground px-3 py-2 text-sm font-medium text-background focus:translate-y-0"
      >
        {t("skip")}
      </a>
      <div className="flex h-dvh">
        <Sidebar />
        <div className="flex min-w-0 flex-1 flex-col">
          <TopBar user={user} onSearch={() => setSearching(true)} onHelp={() => setHelping(true)} />
          <main id="main" tabIndex={-1} className="scroll-slim relative min-h-0 flex-1 overflow-y-auto outline-none">
            {children}
          </main>
          <BottomNav />
        </div>
      </div>
      <CommandPalette isOpen={isSearching} onOpenChange={setSearching} onHelp={() => setHelping(true)} />
      <ShortcutsDialog isOpen={isHelping} onOpenChange={setHelping} />
    </LiveProvider>
  );
}
