import type { VisitRow } from "@/db/testing/make-visit";
import type { Source } from "./blueprint";
import type { Random } from "./random";

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

type Event = NonNullable<VisitRow["events"]>[number];
export interface Times {
  startsAt: Date;
  endsAt: Date;
  createdAt: Date;
  now: Date;
}
export interface Story {
  status: "scheduled" | "checked_in" | "completed" | "cancelled" | "no_show";
  confirmation: "unasked" | "asked" | "confirmed";
  cancelReason?: string;
  events: Event[];
}
/** What is to happen to a visit when it is over: most are completed. */
export type Fate = "completed" | "no_show" | "cancelled";

const plus = (instant: Date, minutes: number) => new Date(instant.getTime() + minutes * MINUTE_MS);
const system = { actorType: "system", actorId: "seed" } as const;

/** Everything that has happened to a visit up to now, along the legal edges, and where it stands. */
export function tellStory(
  times: Times,
  { fate, source, patientId, staffId }: { fate: Fate; source: Source; patientId: string; staffId: string },
  random: Random,
): Story {
  const byPatient = { actorType: "patient", actorId: patientId };
  const byStaff = { actorType: "user", actorId: staffId };
  const isDesk = source === "MANUAL_ADMIN" || source === "IMPORT";
  const created: Event = { kind: "created", at: times.createdAt, toValue: "scheduled", ...(isDesk ? byStaff : byPatient) };
  if (fate === "cancelled") {
    const cancelled = cancelledAt(times, random);
    const reason = random.pick(["patient asked", "work", "sick", "found another time"]);
    const end: Event = { kind: "status", at: cancelled, fromValue: "scheduled", toValue: "cancelled", reason, ...byPatient };
    return { status: "cancelled", confirmation: "unasked", cancelReason: reason, events: [created, end] };
  }
  const asked = confirmationOf(times, byPatient, random);
  const day = fate === "no_show" ? missed(times) : attended(times, byStaff, random);
  return { ...day, confirmation: asked.confirmation, events: [created, ...asked.events, ...day.events] };
}

/** Some time between the booking and two hours before the visit, and never in the future. */
function cancelledAt({ createdAt, startsAt, now }: Times, random: Random): Date {
  const latest = Math.min(plus(startsAt, -120).getTime(), now.getTime() - MINUTE_MS);
  return new Date(createdAt.getTime() + Math.max(1, latest - createdAt.getTime()) * random.next());
}

/** Asked a day before; two of three answer within hours. */
function confirmationOf(times: Times, byPatient: Pick<Event, "actorType" | "actorId">, random: Random) {
  const askedAt = plus(times.startsAt, -DAY_MINUTES);
  if (askedAt <= times.createdAt || askedAt > times.now) return { confirmation: "unasked" as const, events: [] };
  const asked: Event = { kind: "confirmation", at: askedAt, fromValue: "unasked", toValue: "asked", ...system };
  const answeredAt = plus(askedAt, random.int(2, 300));
  if (answeredAt > times.now || random.chance(0.3)) return { confirmation: "asked" as const, events: [asked] };
  return {
    confirmation: "confirmed" as const,
    events: [asked, { ...asked, at: answeredAt, fromValue: "asked", toValue: "confirmed", ...byPatient }],
  };
}

function missed({ startsAt, now }: Times): Pick<Story, "status" | "events"> {
  const at = plus(startsAt, 15);
  if (at > now) return { status: "scheduled", events: [] };
  return { status: "no_show", events: [{ kind: "status", at, fromValue: "scheduled", toValue: "no_show", ...system }] };
}

function attended(
  { startsAt, endsAt, now }: Times,
  byStaff: Pick<Event, "actorType" | "actorId">,
  random: Random,
): Pick<Story, "status" | "events"> {
  const arrivedAt = plus(startsAt, -random.int(2, 12));
  const doneAt = plus(endsAt, random.int(-4, 3));
  const arrived: Event = { kind: "status", at: arrivedAt, fromValue: "scheduled", toValue: "checked_in", ...byStaff };
  if (arrivedAt > now) return { status: "scheduled", events: [] };
  if (doneAt > now) return { status: "checked_in", events: [arrived] };
  return {
    status: "completed",
    events: [arrived, { ...arrived, at: doneAt, fromValue: "checked_in", toValue: "completed" }],
  };
}
