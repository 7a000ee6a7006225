import { cn } from "@/components/ui/cn";

/**
 * A name on one line. It is cut at its own end, which in a name of the other direction is not the page's, and stands
 * where the page's text starts all the same.
 */
export function PersonName({ children, className }: { children: string; className?: string }) {
  return (
    <span dir="auto" className={cn("block min-w-0 truncate text-left rtl:text-right", className)}>
      {children}
    </span>
  );
}
