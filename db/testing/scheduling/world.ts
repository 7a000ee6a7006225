import { asc, eq, inArray } from "drizzle-orm";
import { appointmentEvents, appointments, appointmentSegments, occupancies } from "@/db/schema/appointments";
import { providers, scheduleExceptions } from "@/db/schema/resources";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import { bookAppointment } from "@/lib/scheduling/book";
import { cancelAppointment } from "@/lib/scheduling/cancel";
import { checkIn } from "@/lib/scheduling/check-in";
import { completeAppointment } from "@/lib/scheduling/complete";
import { confirmAppointment } from "@/lib/scheduling/confirm";
import { confirmHold } from "@/lib/scheduling/confirm-hold";
import { expireHolds } from "@/lib/scheduling/expire-holds";
import { holdSlot } from "@/lib/scheduling/hold";
import { markNoShow } from "@/lib/scheduling/mark-no-show";
import { releaseHold } from "@/lib/scheduling/release-hold";
import { rescheduleAppointment, rescheduleIn } from "@/lib/scheduling/reschedule";
import { runningLate } from "@/lib/scheduling/running-late";
import type { MoveVisit, ShownVisit, Visit } from "@/lib/scheduling/schema";
import { setConfirmation } from "@/lib/scheduling/set-confirmation";
import { undoStep } from "@/lib/scheduling/undo";
import { inClinic, makeBareClinic, makeOperatory, makePatient, makeProvider, makeService } from "../make";
import { visitOf, type Model, type ModelService, type Part, type Seat } from "./model";
import { FIRST_DAY, type Op, type Who } from "./ops";
import { asideOf, chairAt, providerAt, startOf } from "./predict";
import type { Answer, Seen } from "./seat";

/** Zones that know no clock change, not all of whole hours; minutes ahead of UTC. */
export const ZONES = [
  ["America/Phoenix", -420],
  ["Asia/Kathmandu", 345],
  ["Pacific/Marquesas", -570],
] as const;

const instant = (minute: number) => new Date(minute * 60_000);
const minute = (at: Date) => at.getTime() / 60_000;
const wall = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

const LEAD = { role: "lead", from: 0, to: 30 } as const satisfies Seat;
/** A plain one; one with a chair and buffers; one that a dentist joins inside, which only staff book. */
const SERVICES: readonly Omit<ModelService, "id" | "leads">[] = [
  { minutes: 30, before: 0, after: 0, isOnline: true, seats: [LEAD] },
  {
    minutes: 45,
    before: 5,
    after: 10,
    isOnline: true,
    seats: [
      { ...LEAD, to: 45 },
      { role: "operatory", from: 0, to: 45 },
    ],
  },
  {
    minutes: 60,
    before: 0,
    after: 5,
    isOnline: false,
    seats: [
      { ...LEAD, to: 60 },
      { role: "dentist", from: 20, to: 30 },
      { role: "operatory", from: 0, to: 60 },
    ],
  },
];

export interface World {
  ctx: ClinicContext;
  services: ReadonlyMap<string, ModelService>;
}

/** A clinic of its own, and the model of it: two dentists, a hygienist, two chairs, three services, 07:00 on a Monday. */
export async function makeWorld(zone: (typeof ZONES)[number]): Promise<{ world: World; model: Model }> {
  const [timeZone, offset] = zone;
  const ctx = await makeBareClinic({ timeZone });
  const days = [[540, 720] as const, [780, 870] as const];
  const texts = days.map(([from, to]) => [wall(from), wall(to)] as const);
  const hours = { 1: texts, 2: texts, 3: texts, 4: texts, 5: texts, 6: texts, 7: texts };
  const [first, second, hygienist] = [
    await makeProvider(ctx, {}, hours),
    await makeProvider(ctx, {}, hours),
    await makeProvider(ctx, { kind: "hygienist" }, hours),
  ];
  const chairs = [(await makeOperatory(ctx)).id, (await makeOperatory(ctx)).id];
  const patients = [(await makePatient(ctx)).id, (await makePatient(ctx)).id];
  const dentists = [first.id, second.id];
  const services: ModelService[] = [];
  for (const [at, spec] of SERVICES.entries()) {
    const leads = at === 2 ? [hygienist.id] : dentists;
    const { id } = await makeService(ctx, {
      providerIds: [...leads],
      durationMinutes: spec.minutes,
      bufferBeforeMinutes: spec.before,
      bufferAfterMinutes: spec.after,
      isOnline: spec.isOnline,
      segments: spec.seats.map(({ role, from, to }) => ({ role, fromMinute: from, toMinute: to })),
    });
    services.push({ ...spec, id, leads });
  }
  const setting = {
    offset,
    dentists,
    chairs,
    services,
    patients,
    hours: new Map([...dentists, hygienist.id].map((id) => [id, days])),
  };
  const model: Model = { setting, now: FIRST_DAY * 1440 + 420 - offset, visits: new Map(), closings: [] };
  return { world: { ctx, services: new Map(services.map((one) => [one.id, one])) }, model };
}

const ACTORS = {
  owner: { role: "OWNER", actor: { type: "user", id: "owner", name: "Owner" } },
  staff: { role: "STAFF", actor: { type: "user", id: "staff", name: "Desk" } },
  patient: { role: "PATIENT", actor: { type: "patient", id: "patient" } },
  bot: { role: "SYSTEM", actor: { type: "system", id: "bot" } },
} as const satisfies Record<Who, Pick<ClinicContext, "role" | "actor">>;

/** Does one operation to the real clinic, at the model's time. Undefined: there is no visit yet that it could be about. */
export async function play({ ctx, services }: World, model: Model, op: Op): Promise<Answer | undefined> {
  const now = instant(model.now);
  const as = (by: Who): ClinicContext => ({ ...ctx, ...ACTORS[by], now: () => now });
  const shown = (result: Result<ShownVisit>): Answer => answerOf(services, result, (one) => [one]);
  switch (op.kind) {
    case "pass":
      return { ok: true, seen: [] };
    case "sweep":
      return answerOf(services, await expireHolds(as("bot")), () => []);
    case "close":
      await addException(as("owner"), op, providerAt(model, op.provider));
      return { ok: true, seen: [] };
    case "book":
      return shown(await bookAppointment(as(op.by), placeOf(model, op)));
    case "hold":
      return shown(await holdSlot(as(op.by), { ...placeOf(model, op), expiresAt: instant(model.now + op.minutes) }));
    default: {
      const visit = visitOf(model, op);
      if (!visit) return undefined;
      if (op.kind === "step") return shown(await STEPS[op.step](as(op.by), { appointmentId: visit.id }));
      if (op.kind === "move")
        return shown(
          await rescheduleAppointment(as(op.by), {
            appointmentId: visit.id,
            startsAt: instant(startOf(model, op)),
            providerId: providerAt(model, op.provider),
            operatoryId: chairAt(model, op.chair),
          }),
        );
      return answerOf(services, await swapVisits(as(op.by), model, op), (visits) => visits);
    }
  }
}

type OfVisit = { appointmentId: string };
const STEPS: Record<
  Extract<Op, { kind: "step" }>["step"],
  (ctx: ClinicContext, of: OfVisit) => Promise<Result<ShownVisit>>
> = {
  confirm: confirmAppointment,
  confirmHold,
  release: releaseHold,
  cancel: cancelAppointment,
  checkIn,
  complete: completeAppointment,
  noShow: markNoShow,
  undo: undoStep,
  decline: (ctx, of) => setConfirmation(ctx, { ...of, confirmation: "declined" }),
  late: (ctx, of) => runningLate(ctx, { ...of, minutes: 15 }),
};

function placeOf(model: Model, op: Extract<Op, { kind: "book" | "hold" }>) {
  const { services, patients } = model.setting;
  return {
    patientId: patients[op.patient % patients.length] ?? "",
    serviceId: services[op.service % services.length]?.id ?? "",
    providerId: providerAt(model, op.provider),
    operatoryId: chairAt(model, op.chair),
    startsAt: instant(startOf(model, op)),
    createdFrom: op.by === "patient" ? "PUBLIC_WEB" : op.by === "bot" ? "SMS" : "MANUAL_ADMIN",
  } as const;
}

/** Three moves in one commit: the first visit steps aside, so that neither is ever without a place. */
const swapVisits = (ctx: ClinicContext, model: Model, op: Extract<Op, { kind: "swap" }>): Promise<Result<Visit[]>> =>
  transact<Visit[]>(ctx, {}, async (tx) => {
    const [visit, other] = [visitOf(model, op), visitOf(model, { visit: op.other })];
    if (!visit || !other) throw new Error("a swap of nothing");
    const moves: MoveVisit[] = [
      { appointmentId: visit.id, startsAt: instant(asideOf(model)), providerId: visit.leadId },
      { appointmentId: other.id, startsAt: instant(visit.start), providerId: visit.leadId },
      { appointmentId: visit.id, startsAt: instant(other.start), providerId: other.leadId },
    ];
    const done: Visit[] = [];
    for (const goal of moves) {
      const moved = await rescheduleIn(tx, ctx, goal);
      if (!moved.ok) return moved;
      done.push(moved.data);
    }
    return ok(done);
  });

type Shown = Pick<Visit, "id" | "startsAt" | "segments" | "service" | "provider" | "operatory"> & {
  state?: string;
  status: string;
};

function answerOf<T>(services: World["services"], result: Result<T>, visitsOf: (data: T) => readonly Shown[]): Answer {
  if (!result.ok) return { ok: false, error: result.error };
  return { ok: true, seen: visitsOf(result.data).map((visit) => seenOf(services, visit)) };
}

function seenOf(services: World["services"], visit: Shown): Seen {
  const { before, after } = services.get(visit.service.id) ?? { before: 0, after: 0 };
  return {
    id: visit.id,
    state: visit.state ?? visit.status,
    start: minute(visit.startsAt),
    leadId: visit.provider.id,
    chairId: visit.operatory?.id ?? null,
    parts: visit.segments.map(({ resourceId, startsAt, endsAt }) => ({
      resourceId,
      from: minute(startsAt) - before,
      to: minute(endsAt) + after,
    })),
  };
}

/** Who writes hours locks the providers whose hours they are (domain.md). */
const addException = (ctx: ClinicContext, op: Extract<Op, { kind: "close" }>, providerId: string | undefined) =>
  inClinic(ctx, async (tx) => {
    const mine = eq(providers.clinicId, ctx.clinic.id);
    await tx
      .select({ id: providers.id })
      .from(providers)
      .where(providerId ? eq(providers.id, providerId) : mine)
      .orderBy(asc(providers.id))
      .for("update");
    const day = new Date(op.day * 86_400_000).toISOString().slice(0, 10);
    await tx.insert(scheduleExceptions).values({
      clinicId: ctx.clinic.id,
      providerId: providerId ?? null,
      kind: op.extra ? "extra" : "closed",
      dayFrom: day,
      dayTo: day,
      fromTime: wall(op.from),
      toTime: wall(op.to),
    });
  });

/** The book as the tables have it, by visit. */
export async function readBook({ ctx }: World) {
  return query(ctx, async (tx) => {
    const rows = await tx.select().from(appointments).where(eq(appointments.clinicId, ctx.clinic.id));
    const ids = rows.map(({ id }) => id);
    const of = {
      appointmentId: occupancies.appointmentId,
      resourceId: occupancies.resourceId,
      during: occupancies.during,
    };
    return {
      visits: rows,
      taken: await tx.select(of).from(occupancies).where(eq(occupancies.clinicId, ctx.clinic.id)),
      plans: await tx.select().from(appointmentSegments).where(inArray(appointmentSegments.appointmentId, ids)),
      events: await tx
        .select()
        .from(appointmentEvents)
        .where(inArray(appointmentEvents.appointmentId, ids))
        .orderBy(asc(appointmentEvents.id)),
    };
  });
}
export type Book = Awaited<ReturnType<typeof readBook>>;
export const partOf = ({ resourceId, during }: { resourceId: string; during: string }): Part => {
  const [from, to] = during.replace(/[[\])("]/g, "").split(",");
  return { resourceId, from: Date.parse(zulu(from)) / 60_000, to: Date.parse(zulu(to)) / 60_000 };
};
const zulu = (text = "") =>
  text
    .trim()
    .replace(" ", "T")
    .replace(/([+-]\d\d)$/, "$1:00");
