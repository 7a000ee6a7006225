import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/ids";
import { scheduleExceptions, scheduleHours } from "@/db/schema/resources";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { applyDraft, touchedBy, type WrittenException } from "./draft";
import { lockProviders } from "./lock-providers";
import { overlappedBy, type Overlapped } from "./overlapped";
import { readSchedule } from "./read-schedule";
import type { RemoveSeason, SaveException, SaveSeason, ScheduleDraft, SetWeek } from "./schema";
import { tellChange } from "./tell";

export interface ScheduleChanged {
  /** The exception that was added or changed. */
  id: string | null;
  /** The visits that stand outside the hours now. */
  overlapped: Overlapped;
}

interface Change {
  draft: ScheduleDraft;
  act: string;
  /** What the audit names: a provider, an exception. */
  targetId: string;
  /** The exception's own row, when one is changed or removed. */
  existing?: WrittenException;
  write: () => Promise<unknown>;
}

/**
 * Writes one change of the schedule under the lock of domain.md: FOR UPDATE on the providers that it touches, in order
 * of id, all of them when it is the whole clinic's. So no booking can slip in between what is written and the list of
 * visits that it leaves outside the hours. Nothing is cancelled.
 */
async function changeIn(tx: Tx, ctx: ClinicContext, change: Change): Promise<Result<Overlapped>> {
  const { draft, existing, act, targetId } = change;
  const touched = touchedBy({ hours: [], exceptions: existing ? [existing] : [] }, draft);
  const locked = await lockProviders(tx, ctx, touched.providerIds ?? "all");
  if (!locked.ok) return locked;
  const after = applyDraft(await readSchedule(tx, ctx, locked.data), draft);
  if (!after.ok) return after;
  await change.write();
  await tellChange(tx, ctx, "schedule", targetId, { act });
  return ok(await overlappedBy(tx, ctx, after.data, { ...touched, providerIds: locked.data }));
}

const answerOf = (overlapped: Result<Overlapped>, id: string | null = null): Result<ScheduleChanged> =>
  overlapped.ok ? ok({ id, overlapped: overlapped.data }) : overlapped;

/** Writes the usual week of these providers; seasons and exceptions stay. NOT_FOUND of a provider. */
export const setWeek = (ctx: ClinicContext, week: SetWeek): Promise<Result<ScheduleChanged>> =>
  transact(ctx, {}, async (tx) => {
    const write = async () => {
      const undated = and(isNull(scheduleHours.validFrom), isNull(scheduleHours.validTo));
      await tx.delete(scheduleHours).where(and(hoursOf(ctx, week.providerIds), undated));
      await insertHours(tx, ctx, week);
    };
    const targetId = week.providerIds[0] ?? "";
    return answerOf(await changeIn(tx, ctx, { draft: { week }, act: "hours", targetId, write }));
  });

/**
 * Writes hours that hold instead of the usual ones from day to day (engine: open-hours.ts). CONFLICT with
 * `{what: "season", …}` when one of the providers has another season on these days; NOT_FOUND of a provider.
 */
export const saveSeason = (ctx: ClinicContext, season: SaveSeason): Promise<Result<ScheduleChanged>> =>
  transact(ctx, {}, async (tx) => {
    const { providerIds, validFrom, validTo, replaces } = season;
    const write = async () => {
      await tx.delete(scheduleHours).where(seasonOf(ctx, providerIds, replaces ?? season));
      await tx.delete(scheduleHours).where(seasonOf(ctx, providerIds, season));
      await insertHours(tx, ctx, season, { validFrom, validTo });
    };
    const targetId = providerIds[0] ?? "";
    return answerOf(await changeIn(tx, ctx, { draft: { season }, act: "season", targetId, write }));
  });

/** The usual week holds again on a season's days. NOT_FOUND. */
export const removeSeason = (ctx: ClinicContext, season: RemoveSeason): Promise<Result<ScheduleChanged>> =>
  transact(ctx, {}, async (tx) => {
    const write = () => tx.delete(scheduleHours).where(seasonOf(ctx, [season.providerId], season));
    const draft = { withoutSeason: season };
    return answerOf(await changeIn(tx, ctx, { draft, act: "season.remove", targetId: season.providerId, write }));
  });

/** Adds time off, a holiday or extra hours. NOT_FOUND of the provider. */
export const addException = (ctx: ClinicContext, exception: SaveException): Promise<Result<ScheduleChanged>> =>
  transact(ctx, {}, async (tx) => {
    const id = newId();
    const write = () => tx.insert(scheduleExceptions).values({ ...exception, id, clinicId: ctx.clinic.id });
    return answerOf(await changeIn(tx, ctx, { draft: { exception }, act: "exception", targetId: id, write }), id);
  });

/** Changes one; the visits of its old days are looked at as well. NOT_FOUND. */
export const changeException = (
  ctx: ClinicContext,
  id: string,
  exception: SaveException,
): Promise<Result<ScheduleChanged>> =>
  transact(ctx, {}, async (tx) => {
    const existing = await lockException(tx, ctx, id);
    if (!existing) return err("NOT_FOUND", { what: "exception" });
    const write = () => tx.update(scheduleExceptions).set(exception).where(exceptionOf(ctx, id));
    const draft = { exception, replacesId: id };
    return answerOf(await changeIn(tx, ctx, { draft, existing, act: "exception", targetId: id, write }), id);
  });

/** Takes one away. NOT_FOUND. */
export const removeException = (ctx: ClinicContext, id: string): Promise<Result<ScheduleChanged>> =>
  transact(ctx, {}, async (tx) => {
    const existing = await lockException(tx, ctx, id);
    if (!existing) return err("NOT_FOUND", { what: "exception" });
    const write = () => tx.delete(scheduleExceptions).where(exceptionOf(ctx, id));
    const draft = { withoutExceptionId: id };
    return answerOf(await changeIn(tx, ctx, { draft, existing, act: "exception.remove", targetId: id, write }));
  });

const hoursOf = (ctx: ClinicContext, providerIds: readonly string[]) =>
  and(eq(scheduleHours.clinicId, ctx.clinic.id), inArray(scheduleHours.providerId, [...providerIds]));

const seasonOf = (ctx: ClinicContext, providerIds: readonly string[], days: { validFrom: string; validTo: string }) =>
  and(hoursOf(ctx, providerIds), eq(scheduleHours.validFrom, days.validFrom), eq(scheduleHours.validTo, days.validTo));

const exceptionOf = (ctx: ClinicContext, id: string) =>
  and(eq(scheduleExceptions.clinicId, ctx.clinic.id), eq(scheduleExceptions.id, id));

/** Before the providers' rows, always: whose schedule it changes is then settled. */
async function lockException(tx: Tx, ctx: ClinicContext, id: string): Promise<WrittenException | undefined> {
  const [row] = await tx.select().from(scheduleExceptions).where(exceptionOf(ctx, id)).for("update");
  return row;
}

async function insertHours(
  tx: Tx,
  ctx: ClinicContext,
  { providerIds, hours }: SetWeek,
  dates: { validFrom: string; validTo: string } | null = null,
): Promise<void> {
  const rows = [...new Set(providerIds)].flatMap((providerId) =>
    hours.map((row) => ({ ...row, ...dates, clinicId: ctx.clinic.id, providerId })),
  );
  if (rows.length > 0) await tx.insert(scheduleHours).values(rows);
}
