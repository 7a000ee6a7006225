import {
  changeOf,
  endStale,
  isActive,
  isStale,
  localDay,
  overlaps,
  stillWork,
  type Model,
  type ModelVisit,
  type State,
} from "./model";
import type { Op, Who } from "./ops";
import { place, type Outcome, type Seen } from "./seat";

/** Where each step leads, and from which states it may (domain.md, States). */
const STEPS: Partial<Record<string, { to: State; from: readonly State[] }>> = {
  cancel: { to: "cancelled", from: ["held", "scheduled"] },
  checkIn: { to: "checked_in", from: ["scheduled", "no_show"] },
  complete: { to: "completed", from: ["scheduled", "checked_in", "no_show"] },
  noShow: { to: "no_show", from: ["scheduled"] },
};

/** One step in a visit's life. */
export function take(
  model: Model,
  visit: ModelVisit,
  op: Extract<Op, { kind: "step" }>,
  seen: Seen | undefined,
): Outcome {
  switch (op.step) {
    case "confirm":
      if (visit.state === "held" || visit.state === "expired") return confirmHold(model, visit, op.by, seen);
      return confirmation(model, visit, "confirmed");
    case "confirmHold":
      return confirmHold(model, visit, op.by, seen);
    case "decline":
      return confirmation(model, visit, "declined");
    case "late":
      if (visit.state === "scheduled" && !visit.isLate) changeOf(model, visit, { isLate: true });
      return visit.state === "scheduled" ? "ok" : "ILLEGAL_TRANSITION";
    case "release":
      if (visit.state === "held") changeOf(model, visit, { state: "expired", holdEnds: null });
      return visit.state === "held" || visit.state === "expired" || visit.state === "cancelled" ? "ok" : "CONFLICT";
    case "undo":
      return undo(model, visit, op.by);
    default:
      return transition(model, visit, op.step);
  }
}

function transition(model: Model, visit: ModelVisit, name: string): Outcome {
  const rule = STEPS[name];
  if (!rule) throw new Error(`no rule for ${name}`);
  if (visit.state === rule.to) return "ok";
  if (!rule.from.includes(visit.state)) return "ILLEGAL_TRANSITION";
  if (name === "noShow" && visit.start > model.now) return "TOO_SOON";
  return enter(model, visit, rule.to);
}

/** Into a state; an active one needs the visit's time, if it hasn't got it. */
function enter(model: Model, visit: ModelVisit, state: State): Outcome {
  if (!isActive(visit) && isActive({ ...visit, state })) {
    const rivals = [...model.visits.values()].filter((one) => isActive(one) && !isStale(one, model.now));
    if (rivals.some(({ parts }) => parts.some((a) => visit.parts.some((b) => overlaps(a, b))))) return "SLOT_TAKEN";
    endStale(model, visit.parts);
  }
  changeOf(model, visit, { state, holdEnds: null });
  return "ok";
}

function undo(model: Model, visit: ModelVisit, by: Who): Outcome {
  switch (visit.state) {
    case "completed":
      if (by !== "owner") return "FORBIDDEN";
      if (localDay(model, visit.start) !== localDay(model, model.now)) return "ILLEGAL_TRANSITION";
      return enter(model, visit, "checked_in");
    case "cancelled":
      if (visit.start > model.now && !stillWork(model, visit)) return "OUTSIDE_HOURS";
      return enter(model, visit, "scheduled");
    case "checked_in":
    case "no_show":
      return enter(model, visit, "scheduled");
    default:
      return "ILLEGAL_TRANSITION";
  }
}

function confirmHold(model: Model, visit: ModelVisit, by: Who, seen: Seen | undefined): Outcome {
  if (visit.state === "scheduled") return "ok";
  if (visit.start <= model.now) return "TOO_SOON";
  if (visit.state === "expired") {
    const { service, start, patientId } = visit;
    const wish = { service, start, by, leads: [visit.leadId], chairId: undefined };
    return place(model, wish, seen, { patientId, holdEnds: null });
  }
  if (visit.state !== "held") return "HOLD_EXPIRED";
  changeOf(model, visit, { state: "scheduled", holdEnds: null });
  return "ok";
}

function confirmation(model: Model, visit: ModelVisit, to: string): Outcome {
  if (visit.state !== "scheduled") return "ILLEGAL_TRANSITION";
  if (visit.confirmation !== to) changeOf(model, visit, { confirmation: to });
  return "ok";
}
