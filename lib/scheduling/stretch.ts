import type { ServicePlan, ServiceSegment } from "./availability";

/**
 * The plan of a visit that takes longer, or shorter, than its service. Who is there to the end stays to the new end;
 * a helper keeps their own time, and comes earlier where the visit would end before they do.
 */
export function stretchPlan(plan: ServicePlan, durationMinutes: number): ServicePlan {
  if (durationMinutes === plan.durationMinutes) return plan;
  return {
    ...plan,
    durationMinutes,
    segments: plan.segments.map((segment) => stretchSegment(segment, plan.durationMinutes, durationMinutes)),
  };
}

function stretchSegment(segment: ServiceSegment, before: number, after: number): ServiceSegment {
  const { role, fromMinute, toMinute } = segment;
  const isAllAlong = role === "lead" || role === "operatory" || fromMinute === 0;
  if (isAllAlong && toMinute >= before) return { role, fromMinute: Math.min(fromMinute, after - 1), toMinute: after };
  const late = Math.max(0, toMinute - after);
  return { role, fromMinute: Math.max(0, fromMinute - late), toMinute: toMinute - late };
}
