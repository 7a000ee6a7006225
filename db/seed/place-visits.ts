import { addDays } from "@/lib/core/zone";
import type { Blueprint, ServicePlan } from "./blueprint";
import { spansOf, type DatedException, type Span } from "./open-hours";
import { at, type Random } from "./random";

const DAYS_BACK = 42;
const DAYS_AHEAD = 35;
const STEP_MINUTES = 15;

/** Minutes of the day; `occupied` is widened by the service's buffers. Resources by their keys. */
export interface PlacedPart {
  resource: string;
  span: Span;
  occupied: Span;
}
export interface PlacedVisit {
  service: ServicePlan;
  lead: string;
  /** Days from today. */
  offset: number;
  day: string;
  from: number;
  parts: PlacedPart[];
}

/** Finds a place for every visit: inside the hours of all who take part, over nobody else's, and today a busy day. */
export function placeVisits(
  blueprint: Blueprint,
  exceptions: readonly DatedException[],
  today: string,
  random: Random,
): PlacedVisit[] {
  const days = Array.from({ length: DAYS_BACK + DAYS_AHEAD + 1 }, (_, index) => {
    const day = addDays(today, index - DAYS_BACK);
    return boardOf(blueprint, exceptions, day, index - DAYS_BACK, random);
  }).filter((board) => board.openMinutes > 0);
  const placed = quotasOf(blueprint, days).flatMap((quota, index) => {
    const board = at(days, index);
    return Array.from({ length: quota }, () => board.place()).filter((visit) => visit !== undefined);
  });
  for (let tries = 0; placed.length < blueprint.visits.count; tries++) {
    if (tries > 20_000) throw new Error(`no room for ${blueprint.visits.count} visits`);
    const visit = random.pick(days).place();
    if (visit) placed.push(visit);
  }
  return placed.sort((a, b) => a.offset - b.offset || a.from - b.from);
}

/** How many visits a day, by the blueprint's weights and how many hours are worked; they add up to the count. */
function quotasOf({ visits }: Blueprint, days: readonly Board[]): number[] {
  const usual = Math.max(...days.map((board) => board.openMinutes)) / 2;
  const weights = days.map((board) => visits.weightOf(board.offset) * Math.min(1, board.openMinutes / usual));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => Math.floor((weight / sum) * visits.count));
}

interface Board {
  offset: number;
  openMinutes: number;
  place: () => PlacedVisit | undefined;
}

/** One day's sheet. `place` books one visit of a likely service at a random free start, or finds none. */
function boardOf(
  blueprint: Blueprint,
  exceptions: readonly DatedException[],
  day: string,
  offset: number,
  random: Random,
): Board {
  const open = new Map(blueprint.providers.map(({ key }) => [key, spansOf(blueprint, exceptions, key, day)]));
  const busy = new Map<string, Span[]>();
  const isFree = (resource: string, [from, to]: Span) =>
    !(busy.get(resource) ?? []).some(([start, end]) => from < end && start < to);
  const isOpen = (provider: string, [from, to]: Span) =>
    (open.get(provider) ?? []).some(([start, end]) => start <= from && to <= end);
  const services = blueprint.services.filter(({ maxDaysAhead = DAYS_AHEAD }) => offset <= maxDaysAhead);

  function partsAt(service: ServicePlan, lead: string, from: number): PlacedPart[] | undefined {
    const parts: PlacedPart[] = [];
    for (const { role, fromMinute, toMinute } of service.segments) {
      const span: Span = [from + fromMinute, from + toMinute];
      const occupied: Span = [
        span[0] - (service.bufferBeforeMinutes ?? 0),
        span[1] + (service.bufferAfterMinutes ?? 0),
      ];
      const resource = candidates(blueprint, service, role, lead, random).find(
        (key) =>
          isFree(key, occupied) &&
          (role === "operatory" || isOpen(key, occupied)) &&
          !parts.some((part) => part.resource === key),
      );
      if (!resource) return undefined;
      parts.push({ resource, span, occupied });
    }
    return parts;
  }

  function place(): PlacedVisit | undefined {
    const service = random.weighted(services.map((one) => [one, one.weight] as const));
    const lead = random.pick(service.leads);
    const starts = (open.get(lead) ?? []).flatMap(([start, end]) =>
      Array.from({ length: Math.floor((end - start) / STEP_MINUTES) }, (_, index) => start + index * STEP_MINUTES),
    );
    for (const from of random.shuffled(starts)) {
      const parts = partsAt(service, lead, from);
      if (!parts) continue;
      for (const { resource, occupied } of parts) busy.set(resource, [...(busy.get(resource) ?? []), occupied]);
      return { service, lead, offset, day, from, parts };
    }
    return undefined;
  }

  const openMinutes = [...open.values()].flat().reduce((sum, [from, to]) => sum + to - from, 0);
  return { offset, openMinutes, place };
}

/** Who or what may take a part of a service, in the order of preference. */
function candidates(
  { providers, operatories }: Blueprint,
  service: ServicePlan,
  role: ServicePlan["segments"][number]["role"],
  lead: string,
  random: Random,
): readonly string[] {
  if (role === "lead") return [lead];
  if (role === "operatory") return service.operatories ?? operatories.map(({ key }) => key);
  return random.shuffled(providers.filter(({ key, kind }) => kind === role && key !== lead).map(({ key }) => key));
}
