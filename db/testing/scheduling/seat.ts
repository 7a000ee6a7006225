import { endStale, plansFor, type Model, type ModelPlan, type Part, type Wish } from "./model";
import type { Who } from "./ops";

/** What the real clinic answered, as far as the model can have an opinion. */
export interface Seen {
  id: string;
  state: string;
  start: number;
  leadId: string;
  chairId: string | null;
  parts: Part[];
}
export type Answer = { ok: true; seen: Seen[] } | { ok: false; error: string };

const NOTICE = 60;
const HORIZON = 90 * 1440;
const UNKNOWN = "00000000-0000-7000-8000-000000000000";

export type Outcome = string;

const isDesk = (by: Who) => by === "owner" || by === "staff";

function timing(model: Model, by: Who, start: number): Outcome {
  const ahead = start - model.now;
  if (isDesk(by)) return ahead < 0 ? "TOO_SOON" : "ok";
  return ahead < NOTICE ? "TOO_SOON" : ahead > HORIZON ? "OUTSIDE_HOURS" : "ok";
}

/** The right refusal, or the plan that was taken: it must be one of those that were free. */
export function seat(
  model: Model,
  wish: Wish,
  seen: Seen | undefined,
  { keptChair = null, choice = 0 }: { keptChair?: string | null; choice?: number } = {},
): { refused: Outcome } | { plan: ModelPlan } {
  const timed = timing(model, wish.by, wish.start);
  if (timed !== "ok") return { refused: timed };
  if (wish.leads.length === 0) return { refused: "NOT_FOUND" };
  const { open, free } = plansFor(model, wish);
  if (open.length === 0) return { refused: "OUTSIDE_HOURS" };
  if (free.length === 0) return { refused: "SLOT_TAKEN" };
  const kept = free.filter(({ chairId }) => chairId === keptChair);
  const best = keptChair !== null && kept.length > 0 ? kept : free;
  const plan = seen ? best.find((one) => isSame(one, seen)) : best[choice % best.length];
  return plan ? { plan } : { refused: "another plan" };
}

const keyOf = (parts: readonly Part[]) =>
  parts
    .map(({ resourceId, from, to }) => `${resourceId} ${from} ${to}`)
    .sort()
    .join();
export const isSame = (plan: Pick<ModelPlan, "leadId" | "chairId"> & { parts: readonly Part[] }, seen: Seen) =>
  plan.leadId === seen.leadId && plan.chairId === seen.chairId && keyOf(plan.parts) === keyOf(seen.parts);

export function place(
  model: Model,
  wish: Wish,
  seen: Seen | undefined,
  { patientId, holdEnds }: { patientId: string; holdEnds: number | null },
): Outcome {
  if (!wish.service.isOnline && !isDesk(wish.by)) return "NOT_FOUND";
  const seated = seat(model, wish, seen);
  if ("refused" in seated) return seated.refused;
  endStale(model, seated.plan.parts);
  const id = seen?.id ?? UNKNOWN;
  if (model.visits.has(id)) return "a new visit";
  const { service, start } = wish;
  const made = { id, service, patientId, state: holdEnds === null ? "scheduled" : "held", start, holdEnds } as const;
  model.visits.set(id, { ...seated.plan, ...made, confirmation: "unasked", isLate: false, changes: 1 });
  return "ok";
}
