import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  text?: string;
  action?: ReactNode;
  className?: string;
  /** Where it is the whole page, its title is the page's heading. */
  as?: "p" | "h1";
}

/** Nothing here yet, and what to do first. */
export function EmptyState({ icon: Icon, title, text, action, className, as: Title = "p" }: EmptyStateProps) {
  return (
    <div className={cn("flex flex-col items-center justify-center px-6 py-10 text-center", className)}>
      <span className="mb-3 flex size-10 items-center justify-center rounded-full bg-muted">
        <Icon aria-hidden className="size-5 text-muted-foreground" />
      </span>
      <Title className="font-medium">{title}</Title>
      {text && <p className="mt-1 max-w-xs text-sm text-balance text-muted-foreground">{text}</p>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}
