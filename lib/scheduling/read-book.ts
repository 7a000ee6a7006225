import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { sendTogether } from "@/lib/core/open-transaction";
import { ChangedMeanwhile } from "@/lib/core/transact";
import type { Facts, ServicePlan } from "./availability";
import { BOOK, BUSY, LOCK, SCHEDULE, type BookRow, type BusyRow, type ElsewhereRow } from "./book-statements";
import { readFull } from "./daily-caps";
import { knownService, type KnownService } from "./internal";
import type { ScheduleException, WeeklyHours } from "./open-hours";
import { isDesk } from "./rules";
import { instantAt, type Span } from "./spans";

/** Which part of the book to read, and how. */
export interface BookAsk {
  /** Minutes: starts lie in it. */
  range: Span;
  /** Where less of the book than the whole range is needed now. */
  busyRange?: Span;
  /** Only these may lead; anybody who provides the service without. */
  providerIds?: readonly string[] | undefined;
  exceptProviderIds?: readonly string[] | undefined;
  operatoryId?: string | undefined;
  /** Taken wherever they are free. */
  preferredIds?: readonly string[];
  /** A visit whose own time counts as free. */
  exceptAppointmentId?: string | undefined;
}

/** What is written about a stretch of time, of everybody and every chair that could do a service. */
export interface Book extends Omit<BookRow, "service" | "busy"> {
  service: (KnownService & { isActive: boolean }) | undefined;
  busy: Map<string, Span[]>;
  /** A hold past its time stands in this stretch: it counts as free, and is in the way until it is ended. */
  hasEndedHolds: boolean;
  /** By provider: the days on which patients can't be given to them any more. */
  full: Map<string, Span[]>;
  ask: BookAsk;
}

/** Reads, locks nothing: a refusal costs this one statement. Who writes calls `lockSchedule` first. */
export async function readBook(tx: Tx, ctx: ClinicContext, serviceId: string, ask: BookAsk): Promise<Book> {
  const [row] = await BOOK(tx, {
    ...scheduleValues(ctx, ask),
    ...busyValues(ctx, ask),
    serviceId,
    leadIds: ask.providerIds ? [...ask.providerIds] : null,
    exceptLeadIds: [...(ask.exceptProviderIds ?? [])],
    operatoryId: ask.operatoryId ?? null,
  });
  if (!row) throw new Error("the book has no page");
  const service = knownService(row.service);
  const full = await readFull(tx, ctx, { people: row.people, service, ask });
  return { ...row, service, ...busyOf(row), full, ask };
}

/**
 * Locks the providers' rows FOR SHARE, so that whoever writes hours or busy time elsewhere waits for us (domain.md),
 * and makes sure that what was read before still holds; if not, the transaction starts again. May travel together with the write that it
 * guards.
 */
export async function lockSchedule(tx: Tx, ctx: ClinicContext, book: Book): Promise<void> {
  const peopleIds = book.people.map(({ id }) => id);
  sendTogether(tx);
  const [locked, [now]] = await Promise.all([
    LOCK(tx, { clinicId: ctx.clinic.id, peopleIds }),
    SCHEDULE(tx, { ...scheduleValues(ctx, book.ask), ...busyBounds(book.ask), peopleIds }),
  ]);
  const isSame = now?.schedule === book.schedule && now.elsewhere === book.elsewhere;
  if (locked.length < peopleIds.length || !isSame) throw new ChangedMeanwhile();
}

/** What decides where this service fits in what was read. */
export function factsOf(ctx: ClinicContext, plan: ServicePlan, book: Book): Facts {
  const { people, busy, full, ask } = book;
  const { hours, exceptions } = scheduleOf(book);
  return {
    timeZone: ctx.clinic.timeZone,
    service: withChair(plan, ask.operatoryId),
    providers: people.map(({ dailyCap: _, ...person }) => ({
      ...person,
      hours: hours.filter(({ providerId }) => providerId === person.id),
    })),
    operatoryIds: chairsOf(book),
    preferredIds: ask.preferredIds ?? [],
    exceptions,
    busy,
    full,
  };
}

interface Schedule {
  hours: (WeeklyHours & { providerId: string })[];
  exceptions: ScheduleException[];
}
const scheduleOf = ({ schedule }: Book): Schedule => JSON.parse(schedule); // its own statement's text

/** A chair that staff ask for is taken all along, also by a service that needs none. */
function withChair(plan: ServicePlan, operatoryId: string | undefined): ServicePlan {
  if (operatoryId === undefined || plan.segments.some(({ role }) => role === "operatory")) return plan;
  const chair = { role: "operatory", fromMinute: 0, toMinute: plan.durationMinutes } as const;
  return { ...plan, segments: [...plan.segments, chair] };
}

/** Staff may seat a visit in any chair; a search keeps to the service's own. */
function chairsOf({ chairs, ask: { operatoryId: only } }: Book): string[] {
  const listed = chairs.filter(({ isListed }) => isListed);
  const open = only === undefined && listed.length > 0 ? listed : chairs;
  return open.map(({ id }) => id).filter((id) => only === undefined || id === only);
}

function scheduleValues(ctx: ClinicContext, { range: [from, to] }: BookAsk) {
  const { id: clinicId, timeZone } = ctx.clinic;
  return { clinicId, timeZone, rangeFrom: instantAt(from).toISOString(), rangeTo: instantAt(to).toISOString() };
}

/** What begins earlier than this before a range does not reach into it. */
const REACH_MINUTES = 24 * 60;

const busyBounds = ({ range, busyRange = range }: BookAsk) => ({
  busyFrom: instantAt(busyRange[0] - REACH_MINUTES).toISOString(),
  busyTo: instantAt(busyRange[1] + REACH_MINUTES).toISOString(),
});

function busyValues(ctx: ClinicContext, ask: BookAsk) {
  return {
    clinicId: ctx.clinic.id,
    ...busyBounds(ask),
    now: ctx.now().toISOString(),
    isDesk: isDesk(ctx),
    exceptAppointmentId: ask.exceptAppointmentId ?? null,
  };
}

function busyOf({ busy: rows, elsewhere }: Taken): Pick<Book, "busy" | "hasEndedHolds"> {
  const busy = elsewhereIn(elsewhere);
  for (const [resourceId, from, to, isEndedHold] of rows) if (!isEndedHold) add(busy, resourceId, [from, to]);
  return { busy, hasEndedHolds: rows.some(([, , , isEndedHold]) => isEndedHold) };
}
type Taken = { busy: readonly BusyRow[]; elsewhere: string };

/** When its people are taken by other calendars, by provider: no visit of this book is in it. */
export function elsewhereIn(elsewhere: string): Map<string, Span[]> {
  const rows: ElsewhereRow[] = JSON.parse(elsewhere); // its own statement's text
  const busy = new Map<string, Span[]>();
  for (const [providerId, from, to] of rows) add(busy, providerId, [from, to]);
  return busy;
}

function add(busy: Map<string, Span[]>, id: string, span: Span): void {
  const spans = busy.get(id);
  if (spans) spans.push(span);
  else busy.set(id, [span]);
}

/** What is taken of what the facts know, in another stretch of time. */
export async function readBusy(tx: Tx, ctx: ClinicContext, facts: Facts, ask: BookAsk): Promise<Map<string, Span[]>> {
  const resourceIds = [...facts.providers.map(({ id }) => id), ...facts.operatoryIds];
  const [row] = await BUSY(tx, { ...busyValues(ctx, ask), resourceIds });
  return row ? busyOf(row).busy : new Map();
}
