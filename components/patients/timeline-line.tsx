"use client";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { LocalTime } from "@/components/shared/local-time";
import { cn } from "@/components/ui/cn";

interface LineProps {
  icon: LucideIcon | ReactNode;
  tone?: string;
  at: string;
  title: ReactNode;
  by?: ReactNode;
  children?: ReactNode;
}

const isIcon = (icon: LineProps["icon"]): icon is LucideIcon =>
  typeof icon === "object" && icon !== null && "render" in icon;

/** The look that all entries share: sign, what, by whom, when. */
export function Line({ icon, tone = "bg-muted text-muted-foreground", at, title, by, children }: LineProps) {
  const Icon = isIcon(icon) ? icon : undefined;
  return (
    <li className="relative flex gap-3 pb-4 before:absolute before:start-3.5 before:top-8 before:bottom-0 before:w-px before:bg-border last:before:hidden">
      <span className={cn("flex size-7 shrink-0 items-center justify-center rounded-full [&_svg]:size-4", tone)}>
        {Icon ? <Icon aria-hidden /> : isIcon(icon) ? null : icon}
      </span>
      <div className="grid min-w-0 flex-1 gap-1 pt-1">
        <div className="flex items-baseline justify-between gap-3">
          <p className="min-w-0 text-sm">
            {title}
            {by && <span className="text-muted-foreground"> {by}</span>}
          </p>
          <LocalTime at={at} className="shrink-0 text-xs text-muted-foreground" />
        </div>
        {children}
      </div>
    </li>
  );
}
