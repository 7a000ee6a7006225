import { and, eq, max } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/ids";
import { appointments } from "@/db/schema/appointments";
import { visitSeries } from "@/db/schema/visit-series";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { showVisit } from "../change-visit";
import { lockSeriesOf } from "../keep-order";
import { lockVisit, updateVisit } from "../lock-visit";
import { placeTogetherIn } from "../place-together";
import { VIOLATIONS } from "../rules";
import type { ShownVisit, Visit } from "../schema";
import type { BookSeries } from "./schema";
import { visitsOf } from "./visits-of";

export interface BookedSeries<V = ShownVisit> {
  seriesId: string;
  visits: V[];
}

/**
 * Books the visits of a recall or of a plan, all or none. What is taken goes where `shift` lets it, else the answer is
 * SLOT_TAKEN, OUTSIDE_HOURS or TOO_SOON with the `conflicts` of each; CONFLICT when a plan's steps are not in order, or
 * the visit that the series goes on from is another patient's.
 */
export async function bookSeriesIn(
  tx: Tx,
  ctx: ClinicContext,
  input: BookSeries,
): Promise<Result<BookedSeries<Visit>>> {
  const series = await seriesFor(tx, ctx, input);
  if (!series.ok) return series;
  const visits = await placeTogetherIn(tx, ctx, visitsOf(ctx, input), { ...series.data, createdFrom: "MANUAL_ADMIN" });
  return visits.ok ? ok({ seriesId: series.data.seriesId, visits: visits.data }) : visits;
}

export const bookSeries = (ctx: ClinicContext, input: BookSeries): Promise<Result<BookedSeries>> =>
  transact(ctx, SERIES_VIOLATIONS, async (tx) => {
    const booked = await bookSeriesIn(tx, ctx, input);
    return booked.ok ? ok({ ...booked.data, visits: booked.data.visits.map(showVisit) }) : booked;
  });

export const SERIES_VIOLATIONS = { ...VIOLATIONS, appointments_series_uq: err("CONFLICT", { why: "series" }) };

interface SeriesPlace {
  seriesId: string;
  position: number;
}

/** A series that goes on from a visit takes that visit in, or adds to the recall that it is part of. */
async function seriesFor(tx: Tx, ctx: ClinicContext, input: BookSeries): Promise<Result<SeriesPlace>> {
  if (!input.continues || input.kind !== "recall")
    return ok({ seriesId: await newSeries(tx, ctx, input), position: 0 });
  await lockSeriesOf(tx, ctx, [input.continues]); // a series before its visits, as everybody locks
  const locked = await lockVisit(tx, ctx, input.continues);
  if (!locked.ok) return locked;
  const { id, patientId, seriesId } = locked.data;
  if (patientId !== input.patientId) return err("CONFLICT", { why: "patient" });
  if (!seriesId) {
    const made = await newSeries(tx, ctx, input);
    await updateVisit(tx, ctx, id, { seriesId: made, seriesPosition: 0 });
    return ok({ seriesId: made, position: 1 });
  }
  const mine = and(eq(visitSeries.clinicId, ctx.clinic.id), eq(visitSeries.id, seriesId));
  const [known] = await tx.select().from(visitSeries).where(mine).for("update");
  if (known?.kind !== "recall") return ok({ seriesId: await newSeries(tx, ctx, input), position: 0 });
  return ok({ seriesId, position: await nextPosition(tx, ctx, seriesId) });
}

async function nextPosition(tx: Tx, ctx: ClinicContext, seriesId: string): Promise<number> {
  const [last] = await tx
    .select({ position: max(appointments.seriesPosition) })
    .from(appointments)
    .where(and(eq(appointments.clinicId, ctx.clinic.id), eq(appointments.seriesId, seriesId)));
  return (last?.position ?? -1) + 1;
}

async function newSeries(tx: Tx, ctx: ClinicContext, { kind, title, visits }: BookSeries): Promise<string> {
  const id = newId();
  const gaps = kind === "plan" ? (visits ?? []).map(({ gapDays }) => gapDays) : [];
  await tx
    .insert(visitSeries)
    .values({ id, clinicId: ctx.clinic.id, kind, title: title ?? null, gaps, createdAt: ctx.now() });
  await audit(tx, ctx, { action: "series.book", targetType: "series", targetId: id });
  return id;
}
