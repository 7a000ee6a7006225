import { isActive, overlaps, type Model, type Part } from "./model";
import { partOf, type Book } from "./world";

/** The edges of domain.md, copied by hand. */
const EDGES = new Set([
  ...["held>scheduled", "held>expired", "held>cancelled"],
  ...["scheduled>checked_in", "scheduled>completed", "scheduled>cancelled", "scheduled>no_show"],
  ...["checked_in>completed", "checked_in>scheduled"],
  ...["no_show>checked_in", "no_show>completed", "no_show>scheduled"],
  ...["cancelled>scheduled", "completed>checked_in"],
]);

const textOf = ({ resourceId, from, to }: Part) => `${resourceId} ${from} ${to}`;
const textsOf = (parts: readonly Part[]) => parts.map(textOf).sort();

/** What is wrong with the tables by themselves, whatever happened before: one line each. */
export function breaches(book: Book): string[] {
  return [
    ...overlapsIn(book),
    ...book.visits.flatMap((visit) => [...occupancyOf(book, visit), ...historyOf(book, visit)]),
  ];
}

function overlapsIn({ taken }: Book): string[] {
  const parts = taken.map((row) => ({ ...partOf(row), visit: row.appointmentId }));
  return parts.flatMap((a, at) =>
    parts.slice(at + 1).flatMap((b) => (overlaps(a, b) ? [`${a.visit} and ${b.visit} overlap`] : [])),
  );
}

/** An active visit takes what its plan says, any other nothing. */
function occupancyOf({ taken, plans }: Book, { id, status }: Book["visits"][number]): string[] {
  const has = textsOf(taken.filter((row) => row.appointmentId === id).map(partOf));
  const plan = plans.filter((row) => row.appointmentId === id);
  const is = ["held", "scheduled", "checked_in"].includes(status);
  const should = is ? textsOf(plan.map((row) => partOf({ resourceId: row.resourceId, during: row.occupied }))) : [];
  const isRight = JSON.stringify(has) === JSON.stringify(should) && (!is || should.length > 0);
  return isRight ? [] : [`${id} (${status}) takes ${has.join()}, not ${should.join()}`];
}

/** Every change of state is an edge, begins where the one before ended, and the last ends where the visit is. */
function historyOf({ events }: Book, { id, status, startsAt }: Book["visits"][number]): string[] {
  const own = events.filter((event) => event.appointmentId === id);
  const wrong: string[] = [];
  let [at, start]: [string | null, string | undefined] = [null, undefined];
  for (const { kind, fromValue, toValue } of own) {
    if (kind === "created")
      at = at === null && (toValue === "held" || toValue === "scheduled") ? toValue : "twice made";
    if (kind === "status") {
      if (fromValue !== at || !EDGES.has(`${fromValue}>${toValue}`))
        wrong.push(`${id}: ${at}, then ${fromValue}>${toValue}`);
      at = toValue;
    }
    if (kind === "moved") {
      if (start !== undefined && start !== fromValue) wrong.push(`${id}: moved from ${fromValue}, was at ${start}`);
      start = toValue ?? undefined;
    }
  }
  if (at !== status) wrong.push(`${id} is ${status}, its history says ${at}`);
  if (start !== undefined && start !== startsAt.toISOString()) wrong.push(`${id} is not where its history says`);
  return wrong;
}

/** Where tables and model differ: one line each. */
export function differences(book: Book, model: Model): string[] {
  const wrong: string[] = [];
  if (book.visits.length !== model.visits.size) wrong.push(`${book.visits.length} visits, not ${model.visits.size}`);
  for (const row of book.visits) {
    const known = model.visits.get(row.id);
    if (!known) {
      wrong.push(`${row.id} should not be`);
      continue;
    }
    const real = {
      state: row.status,
      start: row.startsAt.getTime() / 60_000,
      leadId: row.providerId,
      chairId: row.operatoryId,
      patientId: row.patientId,
      confirmation: row.confirmation,
      holdEnds: row.holdExpiresAt === null ? null : row.holdExpiresAt.getTime() / 60_000,
      changes: book.events.filter((event) => event.appointmentId === row.id).length,
      takes: textsOf(book.taken.filter((one) => one.appointmentId === row.id).map(partOf)),
    };
    const { state, start, leadId, chairId, patientId, confirmation, holdEnds, changes } = known;
    const takes = isActive(known) ? textsOf(known.parts) : [];
    const wanted = { state, start, leadId, chairId, patientId, confirmation, holdEnds, changes, takes };
    if (JSON.stringify(real) !== JSON.stringify(wanted))
      wrong.push(`${row.id} is ${JSON.stringify(real)}, not ${JSON.stringify(wanted)}`);
  }
  return wrong;
}
