import { plansAt, type Facts, type Plan } from "../availability";
import { busyWith } from "../find-nearest";
import type { Arrangement } from "./schema";

/**
 * Everybody's plan when a family begins at `start` (minutes since the epoch): all at once with a provider each, or one
 * after the other with the provider of the first, and no longer in between than buffers need. A member who asked for
 * a provider of their own has facts in which only that one may lead. Undefined when it can't be.
 */
export function seatFamily(
  members: readonly Facts[],
  start: number,
  arrangement: Arrangement,
  before: readonly Plan[] = [],
): Plan[] | undefined {
  const [facts, ...rest] = members;
  if (!facts) return [...before];
  const open = {
    ...facts,
    busy: busyWith(
      facts.busy,
      before.flatMap(({ parts }) => parts),
    ),
  };
  const [first, last] = [before[0], before.at(-1)];
  const inTurn = arrangement === "back_to_back" && first && last;
  const asked = inTurn ? withLead(open, first.providerId) : open;
  const at = inTurn ? nextStart(last, asked) : start;
  for (const plan of plansAt(asked, [at])) {
    const seated = seatFamily(rest, start, arrangement, [...before, plan]);
    if (seated) return seated;
  }
  return undefined;
}

/** The first's provider leads all, but for those who may not be led by them. */
function withLead(facts: Facts, providerId: string): Facts {
  const may = facts.providers.some(({ id, mayLead }) => mayLead && id === providerId);
  if (!may) return facts;
  return {
    ...facts,
    providers: facts.providers.map((one) => ({ ...one, mayLead: one.mayLead && one.id === providerId })),
  };
}

/** Right after, or after the buffers where the same person leads both. */
function nextStart(last: Plan, { service, providers }: Facts): number {
  const isSameLead = providers.some(({ id, mayLead }) => mayLead && id === last.providerId);
  if (!isSameLead) return last.endsAt;
  const lead = last.parts.find(({ resourceId }) => resourceId === last.providerId);
  return Math.max(last.endsAt, (lead?.occupied[1] ?? last.endsAt) + service.bufferBeforeMinutes);
}
