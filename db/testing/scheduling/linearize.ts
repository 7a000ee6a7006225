import { differences } from "./check-book";
import { copyOf, isStale, visitOf, type Model } from "./model";
import type { Op } from "./ops";
import { providerAt, startOf, step } from "./predict";
import type { Answer } from "./seat";
import type { Book } from "./world";

export interface Done {
  op: Op;
  answer: Answer;
}

/**
 * An order in which operations that ran at once could have run one after the other, with just these answers and with
 * the tables as they are in the end: the model as it stands then, or undefined when there is no such order. A hold past
 * its time may end at any moment: the sweep leaves alone what somebody has in hand, and who wanted its old place may
 * end it though it was moved meanwhile. An ended hold stays ended, so whatever isn't in the end was spared.
 */
export function explain(model: Model, done: readonly Done[], book: Book): Model | undefined {
  const spared = book.visits.filter(({ status }) => status !== "expired").map(({ id }) => id);
  const sweep: Done = { op: { kind: "sweep", spared }, answer: { ok: true, seen: [] } };
  const known = done.map((one) => (one.op.kind === "sweep" ? sweep : one));
  return order(model, known, book) ?? order(model, [...known, sweep], book);
}

function order(model: Model, done: readonly Done[], book: Book): Model | undefined {
  if (done.length === 0) return differences(book, model).length === 0 ? model : undefined;
  for (const [at, { op, answer }] of done.entries()) {
    const next = after(model, { op, answer });
    const end = next && order(next, done.toSpliced(at, 1), book);
    if (end) return end;
  }
  return undefined;
}

function after(model: Model, { op, answer }: Done): Model | undefined {
  const next = copyOf(model);
  if (step(next, op, answer) === undefined) return next;
  return metLateHold(model, { op, answer }) ? model : undefined;
}

/**
 * A move waits for no late hold that another has in hand (occupy.ts), else two of them could wait for each other: it
 * is refused as though that hold still stood.
 */
function metLateHold(model: Model, { op, answer }: Done): boolean {
  if (op.kind !== "move" || answer.ok) return false;
  const standing = copyOf(model);
  for (const visit of model.visits.values())
    if (isStale(visit, model.now)) standing.visits.set(visit.id, { ...visit, holdEnds: model.now + 1 });
  return step(standing, op, answer) === undefined;
}

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
