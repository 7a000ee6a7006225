import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { takeTurn, type TurnTaken } from "./take-turn";

/** The longest that a patient's free text waits for more (dialog.md), and a little for the clock's grain. */
const LONGEST_WAIT_MS = 6_500;
/** A timer that fires early would ask the database twice. */
const GRAIN_MS = 3;

/**
 * Takes the turn at the moment it is due. The collecting wait is short and slides with every message, so it is waited
 * for right here, to the millisecond: a queue's own timers are too coarse for what a patient feels. A turn that is due
 * much later (a talk's time-out) is left to the sweep.
 */
export async function takeTurnWhenDue(
  ctx: ClinicContext,
  conversationId: string,
  sleep: (ms: number) => Promise<void> = sleepFor,
): Promise<Result<TurnTaken>> {
  let waited = 0;
  for (;;) {
    const taken = await takeTurn(ctx, conversationId);
    if (!taken.ok || taken.data.did !== "wait") return taken;
    waited += taken.data.waitMs + GRAIN_MS;
    if (waited > LONGEST_WAIT_MS) return ok(taken.data);
    await sleep(taken.data.waitMs + GRAIN_MS);
  }
}

const sleepFor = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
