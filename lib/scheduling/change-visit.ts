import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { apiStatusOf, VIOLATIONS } from "./rules";
import type { ShownVisit, Visit } from "./schema";

/** A visit as the API shows it. */
export function showVisit({ calendarSync, conversationId: _, ...visit }: Visit): ShownVisit {
  return { ...visit, status: apiStatusOf({ status: visit.status, calendarSync }), state: visit.status };
}

/**
 * Changes a visit in a transaction of its own and answers it as the API shows it, so that a keyed request finds
 * exactly that answer written down.
 */
export const changeVisit = (
  ctx: ClinicContext,
  work: (tx: Tx) => Promise<Result<Visit>>,
): Promise<Result<ShownVisit>> =>
  transact(ctx, VIOLATIONS, async (tx) => {
    const changed = await work(tx);
    return changed.ok ? ok(showVisit(changed.data)) : changed;
  });
