import { copyOf, visitOf, type Model } from "./model";
import type { Op } from "./ops";
import { providerAt, startOf, step } from "./predict";
import type { Answer } from "./seat";

export interface Done {
  op: Op;
  answer: Answer;
}

/**
 * An order in which operations that ran at once could have run one after the other, with just these answers and an
 * end that `fits`: the model as it stands then, or undefined when there is no such order.
 */
export function explain(model: Model, done: readonly Done[], fits: (model: Model) => boolean): Model | undefined {
  if (done.length === 0) return fits(model) ? model : undefined;
  for (const [at, { op, answer }] of done.entries()) {
    const next = copyOf(model);
    if (step(next, op, answer) !== undefined) continue;
    const end = explain(next, done.toSpliced(at, 1), fits);
    if (end) return end;
  }
  return undefined;
}

/** A sweep leaves alone what somebody has in hand. An ended hold stays ended, so whatever isn't in the end was spared. */
export const sparing = ({ op, answer }: Done, spared: readonly string[]): Done => ({
  op: op.kind === "sweep" ? { ...op, spared } : op,
  answer,
});

/**
 * What may be fired at once, fixed to the visits that are there now: new ones don't change whom an operation is about,
 * and a swap becomes two moves that cross.
 */
export function fixed(model: Model, op: Op): Op[] {
  if (!("visit" in op)) return [op];
  if (model.visits.size === 0) return [];
  const visit = op.visit % model.visits.size;
  if (op.kind !== "swap") return [{ ...op, visit }];
  const other = op.other % model.visits.size;
  return [crossing(model, op, visit, other), crossing(model, op, other, visit)];
}

function crossing(model: Model, { by }: Extract<Op, { kind: "swap" }>, visit: number, goal: number): Op {
  const to = visitOf(model, { visit: goal });
  const providers = Array.from({ length: model.setting.hours.size }, (_, index) => providerAt(model, index));
  const minutes = (to?.start ?? 0) - startOf(model, { day: 0, at: 0 });
  return {
    kind: "move",
    by,
    visit,
    provider: providers.indexOf(to?.leadId),
    chair: null,
    day: Math.floor(minutes / 1440),
    at: minutes % 1440,
  };
}
