import { Skeleton } from "@/components/ui/skeleton";

const VISITS = [
  [8, 20],
  [30, 14],
  [52, 24],
] as const;

export function CalendarSkeleton() {
  return (
    <div className="flex min-h-0 flex-1 overflow-hidden bg-card ps-16">
      {Array.from({ length: 5 }, (_, column) => (
        <div key={column} className="min-w-44 flex-1 border-s">
          <div className="flex h-14 items-center gap-2.5 border-b px-3">
            <Skeleton className="size-7 rounded-full" />
            <Skeleton className="h-4 w-24" />
          </div>
          <div className="relative h-full">
            {VISITS.map(([top, height]) => (
              <Skeleton
                key={top}
                className="absolute inset-x-2 rounded-md"
                style={{ top: `${top + ((column * 7) % 13)}%`, height: `${height}%` }}
              />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
