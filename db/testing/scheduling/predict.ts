import {
  changeOf,
  closingOf,
  endStale,
  isStale,
  localDay,
  visitOf,
  type Model,
  type ModelVisit,
  type Wish,
} from "./model";
import type { Op, Who } from "./ops";
import { isSame, place, seat, type Answer, type Outcome, type Seen } from "./seat";
import { take } from "./take-step";

/**
 * Does to the model what was done to the clinic, given what the clinic answered; answers what is wrong with that
 * answer, or undefined. Where several answers are right (which provider, which chair) the real one is taken over.
 */
export function step(model: Model, op: Op, answer: Answer): string | undefined {
  const said = answer.ok ? "ok" : answer.error;
  const expected = expectedOf(model, op, answer.ok ? answer.seen : undefined, said);
  if (expected !== said) return `${JSON.stringify(op)} was answered ${said}, not ${expected}`;
  const shown = answer.ok ? answer.seen.at(-1) : undefined;
  const known = shown && model.visits.get(shown.id);
  if (!shown || (known && known.state === shown.state && known.start === shown.start && isSame(known, shown)))
    return undefined;
  return `${JSON.stringify(op)} showed ${JSON.stringify(shown)}, not ${JSON.stringify(known)}`;
}

function expectedOf(model: Model, op: Op, seen: Seen[] | undefined, said: Outcome): Outcome {
  switch (op.kind) {
    case "pass":
      model.now += op.minutes;
      return "ok";
    case "sweep":
      for (const visit of [...model.visits.values()])
        if (isStale(visit, model.now) && !op.spared?.includes(visit.id))
          changeOf(model, visit, { state: "expired", holdEnds: null });
      return "ok";
    case "close":
      model.closings.push(closingOf(model, op, providerAt(model, op.provider) ?? null));
      return "ok";
    case "book":
    case "hold":
      return place(model, wishOf(model, op), seen?.[0], {
        patientId: model.setting.patients[op.patient % model.setting.patients.length] ?? "",
        holdEnds: op.kind === "hold" ? model.now + op.minutes : null,
      });
    default: {
      const visit = visitOf(model, op);
      if (!visit) return "none";
      if (op.kind === "move") return move(model, visit, op.by, moveOf(model, op), seen?.[0]);
      if (op.kind === "swap") return swap(model, visit, op, seen ?? said);
      return take(model, visit, op, seen?.[0]);
    }
  }
}

export const startOf = (model: Model, { day, at }: { day: number; at: number }) =>
  day * 1440 + at - model.setting.offset;

/** Providers that may lead anything, in the order in which operations number them. */
export const providerAt = (model: Model, index: number | null): string | undefined => {
  const ids = [...model.setting.hours.keys()];
  return index === null ? undefined : ids[index % ids.length];
};
export const chairAt = (model: Model, index: number | null): string | undefined =>
  index === null ? undefined : model.setting.chairs[index % model.setting.chairs.length];

function wishOf(model: Model, op: Extract<Op, { kind: "book" | "hold" }>): Wish {
  const { services } = model.setting;
  const service = services[op.service % services.length];
  if (!service) throw new Error("a setting without services");
  const provider = providerAt(model, op.provider);
  const leads = service.leads.filter((id) => provider === undefined || id === provider);
  return { service, start: startOf(model, op), by: op.by, leads, chairId: chairAt(model, op.chair) };
}

type Goal = Pick<Wish, "start" | "chairId"> & { leadId: string | undefined };

const moveOf = (model: Model, op: Extract<Op, { kind: "move" }>): Goal => ({
  start: startOf(model, op),
  leadId: providerAt(model, op.provider),
  chairId: chairAt(model, op.chair),
});

function move(model: Model, visit: ModelVisit, by: Who, goal: Goal, seen: Seen | undefined, choice = 0): Outcome {
  if (visit.state !== "scheduled" && visit.state !== "held") return "ILLEGAL_TRANSITION";
  const { service } = visit;
  const needsChair = service.seats.some(({ role }) => role === "operatory");
  const chairId = goal.chairId ?? (needsChair ? undefined : (visit.chairId ?? undefined));
  const leads = service.leads.filter((id) => id === (goal.leadId ?? visit.leadId));
  const wish = { service, start: goal.start, by, leads, chairId, exceptId: visit.id };
  const keptChair = chairId === undefined ? visit.chairId : null;
  const seated = seat(model, wish, seen, { keptChair, choice });
  if ("refused" in seated) return seated.refused;
  const { plan } = seated;
  endStale(model, plan.parts, visit.id);
  changeOf(model, visit, { ...plan, start: goal.start, confirmation: "unasked", isLate: false });
  return "ok";
}

/** One visit steps aside, the other takes its place, the first takes that one's: all in one commit, or nothing. */
function swap(model: Model, visit: ModelVisit, op: Extract<Op, { kind: "swap" }>, real: Seen[] | Outcome): Outcome {
  const other = visitOf(model, { visit: op.other });
  if (!other) return "none";
  const to = (one: ModelVisit): Goal => ({ start: one.start, leadId: one.leadId, chairId: undefined });
  const moves: MoveStep[] = [
    [visit.id, { ...to(visit), start: asideOf(model) }],
    [other.id, to(visit)],
    [visit.id, to(other)],
  ];
  const seen = typeof real === "string" ? undefined : real;
  const before = new Map(model.visits);
  const ends = moveAll(model, op.by, moves, seen);
  if (!seen) model.visits = before;
  return typeof real === "string" && ends.has(real) ? real : ([...ends][0] ?? "none");
}

type MoveStep = readonly [id: string, goal: Goal];

/** How moves one after the other can end: where they fail, that may hang on helpers and chairs that nobody showed us. */
function moveAll(model: Model, by: Who, moves: readonly MoveStep[], seen: Seen[] | undefined): Set<Outcome> {
  const [first, ...rest] = moves;
  const visit = first && model.visits.get(first[0]);
  if (!first || !visit) return new Set(["ok"]);
  const ends = new Set<Outcome>();
  const before = model.visits;
  for (let choice = 0; choice < (seen ? 1 : 4); choice++) {
    model.visits = new Map(before);
    const answered = move(model, visit, by, first[1], seen?.[0], choice);
    if (answered !== "ok") ends.add(answered);
    else for (const end of moveAll(model, by, rest, seen?.slice(1))) ends.add(end);
  }
  return ends;
}

/** Where the first visit of a swap stands meanwhile: the third day at 09:00, which no other operation asks for. */
export const asideOf = (model: Model): number => startOf(model, { day: localDay(model, model.now) + 20, at: 540 });
