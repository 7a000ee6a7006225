import { and, eq, gte, inArray, lte, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { scheduleExceptions, scheduleHours } from "@/db/schema/resources";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { dayIn, timeIn } from "@/lib/core/zone";
import { countCapped } from "./count-capped";
import { calendarDays, openSpans } from "./open-hours";
import type { ListProviders, Page } from "./schema";
import { readProviders, type ProviderSetUp } from "./set-up/read-providers";
import { instantAt } from "./spans";

export interface ProviderItem extends ProviderSetUp {
  /** Wall times `HH:MM` of the day asked for; a day's end is `24:00`. */
  hoursToday: { from: string; to: string }[];
}

/** The clinic's providers in its own order, with their hours of one day: weekly hours, extra time, less time off. */
export const listProviders = (ctx: ClinicContext, input: ListProviders): Promise<Result<Page<ProviderItem>>> =>
  query(ctx, async (tx) => {
    const { page, limit, q } = input;
    const day = input.date ?? dayIn(ctx.now(), ctx.clinic.timeZone);
    const where = q ? sql`strpos(lower(v.name), lower(${q})) > 0` : sql`true`;
    const counted = await countCapped(tx, sql`from providers v where v.clinic_id = ${ctx.clinic.id} and ${where}`);
    const rows = await readProviders(tx, ctx, { where, limit, offset: (page - 1) * limit });
    const hoursOf = await readDay(
      tx,
      ctx,
      rows.map(({ id }) => id),
      day,
    );
    const items = rows.map((provider) => ({ ...provider, hoursToday: hoursOf(provider.id) }));
    return ok({ items, page, limit, ...counted });
  });

/** The hours of these providers on one day, as wall times. */
async function readDay(tx: Tx, ctx: ClinicContext, ids: readonly string[], day: string) {
  const { timeZone } = ctx.clinic;
  const [hours, exceptions] = [await readHours(tx, ctx, ids), await readExceptions(tx, ctx, day)];
  const [date] = calendarDays(day, day, timeZone);
  const wall = (minute: number) => (minute === date?.to ? "24:00" : timeIn(instantAt(minute), timeZone));
  return (id: string) => {
    const provider = { id, hours: hours.filter(({ providerId }) => providerId === id) };
    return openSpans(date ? [date] : [], provider, exceptions, timeZone).map(([from, to]) => ({
      from: wall(from),
      to: wall(to),
    }));
  };
}

const readHours = async (tx: Tx, ctx: ClinicContext, ids: readonly string[]) =>
  ids.length === 0
    ? []
    : tx
        .select()
        .from(scheduleHours)
        .where(and(eq(scheduleHours.clinicId, ctx.clinic.id), inArray(scheduleHours.providerId, [...ids])));

const readExceptions = (tx: Tx, ctx: ClinicContext, day: string) =>
  tx
    .select()
    .from(scheduleExceptions)
    .where(
      and(
        eq(scheduleExceptions.clinicId, ctx.clinic.id),
        gte(scheduleExceptions.dayTo, day),
        lte(scheduleExceptions.dayFrom, day),
      ),
    );
