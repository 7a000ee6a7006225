import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

const rows = (count: number) => Array.from({ length: count }, (_, at) => at);

/** The shape of what comes. */
export function DashboardSkeleton() {
  return (
    <>
      <Card className="grid grid-cols-2 gap-px overflow-hidden bg-border lg:grid-cols-4">
        {rows(4).map((at) => (
          <div key={at} className="bg-card p-4">
            <Skeleton className="h-4 w-24" />
            <Skeleton className="mt-2 h-8 w-12" />
            <Skeleton className="mt-2 h-4 w-32" />
          </div>
        ))}
      </Card>
      <div className="grid items-start gap-6 lg:grid-cols-[5fr_3fr]">
        {[6, 4].map((count) => (
          <Card key={count}>
            <div className="border-b p-4">
              <Skeleton className="h-4 w-32" />
            </div>
            {rows(count).map((at) => (
              <div key={at} className="flex items-center gap-4 px-4 py-3">
                <Skeleton className="h-4 w-14" />
                <Skeleton className="h-4 flex-1" />
                <Skeleton className="h-5 w-20" />
              </div>
            ))}
          </Card>
        ))}
      </div>
    </>
  );
}
