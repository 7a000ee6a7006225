import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import type { Result } from "@/lib/core/result";
import { changeVisit } from "./change-visit";
import { placeIn } from "./place";
import type { PlaceVisit, ShownVisit, Visit } from "./schema";
import { inTurn } from "./take-turns";

/**
 * Books one visit. `startsAt` is an instant; length and resources come from the service's segments. A cold lead becomes
 * a patient.
 *
 * Postgres has the last word (migration 0001): of rivals for a provider or a chair exactly one gets it, the others are
 * answered SLOT_TAKEN at once. Another clinic's patient is NOT_FOUND.
 */
export const bookIn = (tx: Tx, ctx: ClinicContext, input: PlaceVisit): Promise<Result<Visit>> =>
  placeIn(tx, ctx, input, { status: "scheduled", holdExpiresAt: null });

export const bookAppointment = (ctx: ClinicContext, input: PlaceVisit): Promise<Result<ShownVisit>> =>
  inTurn(ctx, input, () => changeVisit(ctx, (tx) => bookIn(tx, ctx, input)));
