import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import type { Result } from "@/lib/core/result";
import { changeVisit } from "./change-visit";
import { placeIn } from "./place";
import type { HoldSlot, ShownVisit, Visit } from "./schema";

/**
 * Keeps a slot for a patient while they decide. Until `expiresAt` nobody else gets it; after that whoever wants it
 * does. Answers like booking: NOT_FOUND, TOO_SOON, OUTSIDE_HOURS, SLOT_TAKEN.
 */
export const holdIn = (tx: Tx, ctx: ClinicContext, { expiresAt, ...input }: HoldSlot): Promise<Result<Visit>> =>
  placeIn(tx, ctx, input, { status: "held", holdExpiresAt: expiresAt });

export const holdSlot = (ctx: ClinicContext, input: HoldSlot): Promise<Result<ShownVisit>> =>
  changeVisit(ctx, (tx) => holdIn(tx, ctx, input));
