import type { ClinicContext } from "@/lib/core/context";
import { err, type Result } from "@/lib/core/result";
import { isDesk } from "./rules";
import type { PlaceVisit } from "./schema";

type Slot = Pick<PlaceVisit, "serviceId" | "startsAt"> & { providerId?: string | null | undefined };

/** Who has the turn for a slot, and whether they booked it. */
const turns = new Map<string, Promise<boolean>>();

/**
 * Rivals of this process who would book the same slot of the same provider take turns, and once one has it the others
 * are told so without asking the database again. It spares work and decides nothing: Postgres does
 * (occupancies_no_overlap), also between processes. A keyed request always asks: it may have an answer there.
 */
export async function inTurn<T>(ctx: ClinicContext, slot: Slot, work: () => Promise<Result<T>>): Promise<Result<T>> {
  if (!slot.providerId) return work(); // there may be a provider for each
  const key = [ctx.clinic.id, isDesk(ctx), slot.serviceId, slot.providerId, slot.startsAt.getTime()].join(" ");
  for (let turn = turns.get(key); turn; turn = turns.get(key)) {
    const isTaken = await turn;
    if (isTaken) return ctx.idempotent ? work() : err("SLOT_TAKEN");
  }
  const mine = work();
  const turn = mine.then(
    ({ ok }) => ok,
    () => false,
  );
  turns.set(key, turn);
  void turn.then(() => turns.delete(key));
  return mine;
}
