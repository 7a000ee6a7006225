import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "./empty-state";
import { Logo } from "./logo";

interface FullPageProps {
  icon: LucideIcon;
  title: string;
  text: string;
  action: ReactNode;
}

/** A page that only says something: not found, not allowed, broken. */
export function FullPage(props: FullPageProps) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-2 p-6">
      <Logo />
      <EmptyState {...props} as="h1" />
    </main>
  );
}
