import type { Op, Who } from "./ops";

/*
 * A clinic's book in memory, written from domain.md and by other means than the code under test: whole minutes, no
 * zone database, every way to fill a visit's seats tried one after the other.
 */

export type Role = "lead" | "dentist" | "operatory";
export type State = "held" | "scheduled" | "checked_in" | "completed" | "cancelled" | "no_show" | "expired";

export interface Seat {
  role: Role;
  from: number;
  to: number;
}
export interface ModelService {
  id: string;
  minutes: number;
  before: number;
  after: number;
  isOnline: boolean;
  leads: readonly string[];
  seats: readonly Seat[];
}

/** What does not change while a sequence runs. Minutes are UTC's, since the epoch. */
export interface Setting {
  /** Of the clinic's wall clock, ahead of UTC; its zone knows no clock change. */
  offset: number;
  dentists: readonly string[];
  chairs: readonly string[];
  services: readonly ModelService[];
  patients: readonly string[];
  /** Weekly hours by provider, in minutes since local midnight; every day is alike. */
  hours: ReadonlyMap<string, readonly (readonly [number, number])[]>;
}

export interface Part {
  resourceId: string;
  from: number;
  to: number;
}
export interface ModelVisit {
  id: string;
  service: ModelService;
  patientId: string;
  state: State;
  start: number;
  leadId: string;
  chairId: string | null;
  /** What it occupies while it is active, buffers included. */
  parts: readonly Part[];
  holdEnds: number | null;
  confirmation: string;
  isLate: boolean;
  /** Rows of its history. */
  changes: number;
}
export interface Closing {
  /** null: the whole clinic. */
  providerId: string | null;
  kind: "closed" | "extra";
  from: number;
  to: number;
}
export interface Model {
  setting: Setting;
  now: number;
  visits: Map<string, ModelVisit>;
  closings: Closing[];
}

/** A copy that can be changed without the first: visits are replaced, never written into. */
export const copyOf = (model: Model): Model => ({
  ...model,
  visits: new Map(model.visits),
  closings: [...model.closings],
});

export const changeOf = (model: Model, visit: ModelVisit, changes: Partial<ModelVisit>): void => {
  model.visits.set(visit.id, { ...visit, ...changes, changes: visit.changes + 1 });
};

/** The visit that an operation is about: the n-th made, counted round. */
export const visitOf = (model: Model, op: { visit: number }): ModelVisit | undefined =>
  [...model.visits.values()][op.visit % Math.max(1, model.visits.size)];

export const isActive = ({ state }: ModelVisit) => state === "held" || state === "scheduled" || state === "checked_in";
export const isStale = (visit: ModelVisit, now: number) =>
  visit.state === "held" && visit.holdEnds !== null && visit.holdEnds <= now;
export const overlaps = (a: Part, b: Part) => a.resourceId === b.resourceId && a.from < b.to && b.from < a.to;
export const localDay = (model: Model, minute: number) => Math.floor((minute + model.setting.offset) / 1440);

function isOpen(model: Model, providerId: string, minute: number): boolean {
  const own = model.closings.filter((one) => one.providerId === null || one.providerId === providerId);
  const covers = (one: Closing) => one.from <= minute && minute < one.to;
  if (own.some((one) => one.kind === "closed" && covers(one))) return false;
  const wall = (((minute + model.setting.offset) % 1440) + 1440) % 1440;
  const weekly = model.setting.hours.get(providerId) ?? [];
  return (
    weekly.some(([from, to]) => from <= wall && wall < to) || own.some((one) => one.kind === "extra" && covers(one))
  );
}

/** Whose time counts as taken for this caller: a missed visit's is kept from patients until it would have ended. */
function takenFor(model: Model, by: Who, exceptId: string | undefined): Part[] {
  const counts = (visit: ModelVisit) =>
    visit.id !== exceptId &&
    ((isActive(visit) && !isStale(visit, model.now)) ||
      (by === "patient" && visit.state === "no_show" && visit.start + visit.service.minutes > model.now));
  return [...model.visits.values()].filter(counts).flatMap(({ parts }) => parts);
}

export interface Wish {
  service: ModelService;
  start: number;
  by: Who;
  /** Only these may lead. */
  leads: readonly string[];
  chairId: string | undefined;
  exceptId?: string;
}
export interface ModelPlan {
  leadId: string;
  chairId: string | null;
  parts: Part[];
}

/** Every way to seat a visit, of those that are open, and of those that are free as well. */
export function plansFor(model: Model, wish: Wish): { open: ModelPlan[]; free: ModelPlan[] } {
  const { service, start, chairId } = wish;
  const hasChair = service.seats.some(({ role }) => role === "operatory");
  const seats = [...service.seats];
  if (chairId !== undefined && !hasChair) seats.push({ role: "operatory", from: 0, to: service.minutes });
  const who: Record<Role, readonly string[]> = {
    lead: wish.leads,
    dentist: model.setting.dentists,
    operatory: chairId === undefined ? model.setting.chairs : [chairId],
  };
  const works = (id: string, { role, from, to }: Seat) => {
    if (role === "operatory") return true;
    for (let minute = start + from; minute < start + to; minute++) if (!isOpen(model, id, minute)) return false;
    return true;
  };
  let seated: string[][] = [[]];
  for (const seat of seats)
    seated = seated.flatMap((ids) =>
      who[seat.role].filter((id) => !ids.includes(id) && works(id, seat)).map((id) => [...ids, id]),
    );
  const chairAt = seats.findIndex(({ role }) => role === "operatory");
  const open = seated.map((ids): ModelPlan => ({
    leadId: ids[0] ?? "",
    chairId: ids[chairAt] ?? null,
    parts: seats.map((seat, at) => ({
      resourceId: ids[at] ?? "",
      from: start + seat.from - service.before,
      to: start + seat.to + service.after,
    })),
  }));
  const taken = takenFor(model, wish.by, wish.exceptId);
  return { open, free: open.filter(({ parts }) => !parts.some((part) => taken.some((one) => overlaps(part, one)))) };
}

/** Whether everybody who was to take part in a visit still works then. */
export const stillWork = (model: Model, { service, parts }: ModelVisit): boolean =>
  parts.every(({ resourceId, from, to }) => {
    if (model.setting.chairs.includes(resourceId)) return true;
    for (let minute = from + service.before; minute < to - service.after; minute++)
      if (!isOpen(model, resourceId, minute)) return false;
    return true;
  });

/** Whoever takes a time ends the holds past theirs that stand in it. */
export function endStale(model: Model, parts: readonly Part[], exceptId?: string): void {
  for (const visit of [...model.visits.values()])
    if (
      visit.id !== exceptId &&
      isStale(visit, model.now) &&
      visit.parts.some((a) => parts.some((b) => overlaps(a, b)))
    )
      changeOf(model, visit, { state: "expired", holdEnds: null });
}

/** Time off or extra time, as a stretch of one local day. */
export const closingOf = (model: Model, op: Extract<Op, { kind: "close" }>, providerId: string | null): Closing => {
  const midnight = op.day * 1440 - model.setting.offset;
  return { providerId, kind: op.extra ? "extra" : "closed", from: midnight + op.from, to: midnight + op.to };
};
