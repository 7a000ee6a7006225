import { cn } from "@/components/ui/cn";

/** Chairside's mark: a chair's back and seat, leaning to the one who sits in it. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 32 32" className={cn("size-8 shrink-0", className)}>
      <rect width="32" height="32" rx="8" className="fill-primary" />
      <path
        d="M9.5 8.5c1.2 5.6 2.2 8.2 4 9.6 1.5 1.2 3.4 1.4 8.5 1.4M15.5 19.6v4M11.5 24h9"
        fill="none"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        className="stroke-primary-foreground"
      />
    </svg>
  );
}
