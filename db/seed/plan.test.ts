import { expect, test } from "vitest";
import { dayIn, timeIn } from "@/lib/core/zone";
import { DEMO_DENTAL } from "./demo-dental/clinic";
import { NORTH_DENTAL } from "./north-dental/clinic";
import { exceptionsFrom, minutesOf, spansOf } from "./open-hours";
import { planClinic, type ClinicPlan } from "./plan";
import { ramadanFrom } from "./ramadan";

const NOW = new Date("2026-03-04T15:30:00Z");
/** Mornings, evenings and nights, days off, and weeks in which the clocks change. */
const MOMENTS = [
  "2026-01-01T02:00:00Z",
  "2026-03-07T23:30:00Z",
  "2026-03-08T12:00:00Z",
  "2026-05-15T14:45:00Z",
  "2026-08-18T19:10:00Z",
  "2026-10-30T04:05:00Z",
  "2026-11-01T16:00:00Z",
  "2028-02-29T21:59:00Z",
] as const;

const demoAt = (now: Date) => planClinic(DEMO_DENTAL, "desk", now);
/** Both clinics at each moment, planned once for all tests. */
const PLANS = MOMENTS.map((moment) => {
  const now = new Date(moment);
  return { moment, now, demo: demoAt(now), north: planClinic(NORTH_DENTAL, "desk", now) };
});
const rowsOf = ({ idOf: _i, id: _n, ...plan }: ClinicPlan) => JSON.stringify(plan);

test("the same moment makes the same clinic, down to ids, names and words", () => {
  expect(rowsOf(demoAt(NOW))).toBe(rowsOf(demoAt(NOW)));
  expect(demoAt(NOW).patients.map(({ name }) => name)).toEqual(demoAt(new Date("2026-09-01T00:00:00Z")).patients.map(({ name }) => name));
});

test.each(PLANS)("at $moment nobody and no chair is in two places, and everybody is at work", ({ now, demo, north }) => {
  for (const plan of [demo, north]) {
    const taken = plan.visits.flatMap(({ parts }) => parts).toSorted((a, b) => Number(a.occupied.from) - Number(b.occupied.from));
    const last = new Map<string, Date>();
    const overlaps = taken.filter(({ resourceId, occupied }) => {
      const before = last.get(resourceId) ?? occupied.from;
      last.set(resourceId, occupied.to);
      return occupied.from < before;
    });
    expect(overlaps).toEqual([]);
    expect(plan.visits.filter((visit) => !isWorked(plan, visit, now))).toEqual([]);
  }
});

function isWorked({ blueprint, idOf }: ClinicPlan, visit: ClinicPlan["visits"][number], now: Date): boolean {
  const { timeZone } = blueprint.clinic;
  const exceptions = exceptionsFrom(blueprint, dayIn(now, timeZone));
  return blueprint.providers.every(({ key }) => {
    const part = visit.parts.find(({ resourceId }) => resourceId === idOf(key));
    if (!part) return true;
    const [from, to] = [part.startsAt, part.endsAt].map((at) => minutesOf(timeIn(at, timeZone)));
    const spans = spansOf(blueprint, exceptions, key, dayIn(part.startsAt, timeZone));
    return spans.some(([start, end]) => start <= (from ?? -1) && (to ?? 1e9) <= end);
  });
}

test.each(PLANS)("at $moment nothing has happened yet that lies ahead, and what is over has an outcome", ({ now, demo, north }) => {
  for (const plan of [demo, north]) {
    const soon = new Date(now.getTime() + 900_000);
    const early = plan.visits.filter(({ events, createdAt }) => createdAt > now || events.some(({ at }) => at > now));
    const open = plan.visits.filter(({ endsAt, status }) => endsAt < now && status === "scheduled");
    const rushed = plan.visits.filter(({ startsAt, status }) => startsAt > soon && !["scheduled", "cancelled"].includes(status));
    expect([early, open, rushed]).toEqual([[], [], []]);
    const turned = plan.visits.filter(({ events }) => events.some(({ at }, index) => at < (events[index - 1]?.at ?? at)));
    expect(turned).toEqual([]);
    const said = plan.conversations.flatMap(({ messages }) => messages);
    expect(said.filter(({ occurredAt, text }) => occurredAt > now || text.includes("{"))).toEqual([]);
  }
});

test.each(PLANS)("at $moment the demo is whole and opens on a full day", ({ now, demo: plan }) => {
  const today = dayIn(now, DEMO_DENTAL.clinic.timeZone);
  const { patients, visits, conversations, contactPoints } = plan;
  expect([patients.length, visits.length, conversations.length]).toEqual([150, 600, 25]);
  expect(visits.filter(({ startsAt }) => dayIn(startsAt, DEMO_DENTAL.clinic.timeZone) === today).length).toBeGreaterThan(14);
  expect(new Set(patients.map(({ language }) => language))).toEqual(new Set(["en", "es", "ar"]));
  expect(new Set(patients.map(({ patientType }) => patientType))).toEqual(new Set(["COLD_LEAD", "NEW", "EXISTING"]));
  expect(contactPoints.filter(({ kind }) => kind === "phone").length).toBeLessThan(patients.length);
});

test("what a thread says was booked is booked so", () => {
  const { visits, conversations } = demoAt(NOW);
  const booked = visits.filter(({ conversationId }) => conversationId);
  expect(booked.length).toBe(DEMO_DENTAL.threads.filter(({ about }) => about === "booked").length);
  for (const visit of booked) {
    const thread = conversations.find(({ id }) => id === visit.conversationId);
    const words = thread?.messages.map(({ text }) => text).join("\n");
    expect(visit.createdFrom).toBe("SMS");
    expect(thread?.contactPointId).toBe(visit.patient.contactPointId);
    expect(words).toContain(DEMO_DENTAL.providers.find(({ key }) => key === visit.placed.lead)?.name);
  }
});

test("Ramadan hours begin and end with the month, whichever day of the year it is", () => {
  expect(ramadanFrom("2026-01-01")).toEqual({ validFrom: "2026-02-18", validTo: "2026-03-19" });
  expect(ramadanFrom("2026-03-08")).toEqual({ validFrom: "2026-02-18", validTo: "2026-03-19" });
  expect(ramadanFrom("2026-03-20").validFrom).toBe("2027-02-08");
});
