import { asc, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { clinics } from "@/db/schema/clinics";
import { providers } from "@/db/schema/resources";
import { rulesOf } from "@/lib/clinics/rules";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { dayIn } from "@/lib/core/zone";
import type { Schedule, WrittenException, WrittenHours } from "./draft";
import { readSchedule } from "./read-schedule";

type HoursRow = Pick<WrittenHours, "weekday" | "fromTime" | "toTime">;

export interface ProviderSchedule {
  id: string;
  name: string;
  kind: "dentist" | "hygienist";
  color: string;
  isActive: boolean;
  /** The usual week, wall times in the clinic's zone. */
  hours: HoursRow[];
  /** Hours that hold instead of the usual ones, on the days from … to, both included; the earliest first. */
  seasons: { validFrom: string | null; validTo: string | null; hours: HoursRow[] }[];
}

export interface ClinicSchedule {
  /** The clinic's day now. */
  today: string;
  timeZone: string;
  /** ISO weekdays: Monday 1 … Sunday 7. */
  weekStart: number;
  weekend: number[];
  slotStepMinutes: number;
  providers: ProviderSchedule[];
  /** From a week ago on. */
  exceptions: WrittenException[];
}

/** The clinic's whole schedule: each provider's week and seasons, and everybody's exceptions. */
export const getSchedule = (ctx: ClinicContext): Promise<Result<ClinicSchedule>> =>
  query(ctx, async (tx) => {
    const people = await readPeople(tx, ctx);
    const schedule = await readSchedule(
      tx,
      ctx,
      people.map(({ id }) => id),
    );
    const [clinic] = await tx.select().from(clinics).where(eq(clinics.id, ctx.clinic.id));
    return ok({
      today: dayIn(ctx.now(), ctx.clinic.timeZone),
      timeZone: ctx.clinic.timeZone,
      weekStart: clinic?.weekStart ?? 1,
      weekend: clinic?.weekend ?? [],
      slotStepMinutes: rulesOf(clinic?.settings ?? {}).slotStepMinutes,
      providers: people.map((provider) => ({ ...provider, ...weeksOf(provider.id, schedule) })),
      exceptions: [...schedule.exceptions],
    });
  });

const readPeople = (tx: Tx, ctx: ClinicContext) =>
  tx
    .select({
      id: providers.id,
      name: providers.name,
      kind: providers.kind,
      color: providers.color,
      isActive: providers.isActive,
    })
    .from(providers)
    .where(eq(providers.clinicId, ctx.clinic.id))
    .orderBy(asc(providers.position), asc(providers.id));

function weeksOf(id: string, { hours }: Schedule): Pick<ProviderSchedule, "hours" | "seasons"> {
  const seasons = new Map<string, ProviderSchedule["seasons"][number]>();
  const usual: HoursRow[] = [];
  for (const { providerId, validFrom, validTo, ...row } of hours) {
    if (providerId !== id) continue;
    if (validFrom === null && validTo === null) {
      usual.push(row);
      continue;
    }
    const key = `${validFrom} ${validTo}`;
    const season = seasons.get(key) ?? { validFrom, validTo, hours: [] };
    season.hours.push(row);
    seasons.set(key, season);
  }
  const sorted = [...seasons.values()].sort((a, b) => (a.validFrom ?? "").localeCompare(b.validFrom ?? ""));
  return { hours: usual, seasons: sorted };
}
