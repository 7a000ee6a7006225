import { BUFFER_AFTER, VISIT, type Month, type OpenSlot } from "./month";

/**
 * The least that any engine does: one pass over the starts with a finger in each provider's sorted hours and visits,
 * wall-clock times and zones already resolved to numbers. Whoever comes first gets a start; fairness costs nothing.
 */
export function sweep({ starts, open, busy, facts }: Month): OpenSlot[] {
  const leads = new Int32Array(starts.length);
  for (let index = 0; index < facts.providers.length; index++) {
    const [hours, visits] = [open[index] ?? NONE, busy[index] ?? NONE];
    let [at, next] = [0, 0];
    for (let point = 0; point < starts.length; point++) {
      const startsAt = starts[point] ?? 0;
      const endsAt = startsAt + VISIT;
      while (at < hours.length && (hours[at + 1] ?? 0) < endsAt) at += 2;
      if (at >= hours.length) break;
      if ((hours[at] ?? 0) > startsAt) continue;
      while (next < visits.length && (visits[next + 1] ?? 0) <= startsAt) next += 2;
      if (next < visits.length && (visits[next] ?? 0) < endsAt + BUFFER_AFTER) continue;
      if (leads[point] === 0) leads[point] = index + 1;
    }
  }
  const slots: OpenSlot[] = [];
  for (let point = 0; point < starts.length; point++) {
    const lead = leads[point] ?? 0;
    if (lead > 0) slots.push({ startsAt: starts[point] ?? 0, providerId: facts.providers[lead - 1]?.id ?? "" });
  }
  return slots;
}
const NONE = new Int32Array();
