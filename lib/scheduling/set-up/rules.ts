import { err, type Result, ok } from "@/lib/core/result";
import type { SegmentRole, ServiceSegment } from "@/lib/scheduling/availability";

export interface PlannedService {
  durationMinutes: number;
  segments: readonly ServiceSegment[];
}

const issue = (path: (string | number)[], message: string) => ({ code: "custom", path, message });

/**
 * Whether a service can be booked as it is written: somebody leads it, nobody stays longer than it lasts, and the
 * chair is one chair. VALIDATION_FAILED with an issue for each problem, as a schema would answer.
 */
export function checkService({ durationMinutes, segments }: PlannedService): Result<null> {
  const tooLong = segments.flatMap(({ toMinute }, index) =>
    toMinute > durationMinutes ? [issue(["segments", index, "to_minute"], "ends after the visit")] : [],
  );
  const count = (role: SegmentRole) => segments.filter((segment) => segment.role === role).length;
  const missing = count("lead") === 0 ? [issue(["segments"], "somebody leads it")] : [];
  const chairs = count("operatory") > 1 ? [issue(["segments"], "one chair at most")] : [];
  const issues = [...tooLong, ...missing, ...chairs];
  return issues.length > 0 ? err("VALIDATION_FAILED", issues) : ok();
}

/** A service about which nothing more is said: its provider, and a chair in a clinic that has any, from start to end. */
export const plainSegments = (durationMinutes: number, hasChairs: boolean): ServiceSegment[] =>
  (hasChairs ? (["lead", "operatory"] as const) : (["lead"] as const)).map((role) => ({
    role,
    fromMinute: 0,
    toMinute: durationMinutes,
  }));
