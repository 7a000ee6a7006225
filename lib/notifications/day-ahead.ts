import { sql } from "drizzle-orm";
import { createTranslator } from "use-intl/core";
import type { Tx } from "@/db/client";
import type { Localized } from "@/db/schema/services";
import { messagesOf } from "@/lib/core/catalogue";
import type { ClinicContext } from "@/lib/core/context";
import { addDays, dayBounds, dayIn } from "@/lib/core/zone";

interface DayVisit {
  startsAt: Date;
  endsAt: Date;
  service: Localized;
  /** Letters enough to know whom to expect; the name stays in the portal. */
  initials: string;
  isConfirmed: boolean;
}

/** What stands of a provider's visits of a day, of those that count: an hour is theirs, not the whole visit's. */
const visitsOf = (ctx: ClinicContext, providerId: string, day: string) => {
  const { start, end } = dayBounds(day, ctx.clinic.timeZone);
  return sql`from appointment_segments t
    join appointments a on a.clinic_id = t.clinic_id and a.id = t.appointment_id
    join patients p on p.clinic_id = a.clinic_id and p.id = a.patient_id
    join services s on s.clinic_id = a.clinic_id and s.id = a.service_id
    where t.clinic_id = ${ctx.clinic.id} and t.resource_id = ${providerId}
      and t.starts_at >= ${start.toISOString()}::timestamptz and t.starts_at < ${end.toISOString()}::timestamptz
      and a.status in ('scheduled', 'checked_in') and a.created_from <> 'SIMULATOR'`;
};

export async function countDayIn(tx: Tx, ctx: ClinicContext, providerId: string, day: string): Promise<number> {
  const { rows } = await tx.execute<{ n: number }>(sql`select count(*)::int as n ${visitsOf(ctx, providerId, day)}`);
  return rows[0]?.n ?? 0;
}

async function readDayIn(tx: Tx, ctx: ClinicContext, providerId: string, day: string): Promise<DayVisit[]> {
  const { rows } = await tx.execute<{
    starts_at: string;
    ends_at: string;
    service: Localized;
    name: string;
    confirmation: string;
  }>(sql`select t.starts_at, t.ends_at, s.name as service, p.name, a.confirmation
    ${visitsOf(ctx, providerId, day)} order by t.starts_at, a.id limit 200`);
  return rows.map((row) => ({
    startsAt: new Date(row.starts_at),
    endsAt: new Date(row.ends_at),
    service: row.service,
    initials: initialsOf(row.name),
    isConfirmed: row.confirmation === "confirmed",
  }));
}

/** The first letters of the first and the last name. */
const initialsOf = (name: string): string => {
  const parts = name.trim().split(/\s+/);
  const ends = parts.length > 1 ? [parts[0], parts.at(-1)] : [parts[0]];
  return ends.map((part) => `${[...(part ?? "")][0] ?? ""}.`).join(" ");
};

/**
 * The day after the evening of `toldAt`, a line a visit, in the member's language and by the clinic's clock: as it stands
 * when the mail is written. Names stay in the portal.
 */
export async function dayTextIn(
  tx: Tx,
  ctx: ClinicContext,
  { providerId, toldAt, locale }: { providerId: string; toldAt: Date; locale: string },
): Promise<string> {
  const { timeZone } = ctx.clinic;
  const day = addDays(dayIn(toldAt, timeZone), 1);
  const visits = await readDayIn(tx, ctx, providerId, day);
  const t = createTranslator({ locale, messages: messagesOf(locale), namespace: "notifications.day" });
  const tag = locale === "ar" ? "ar-u-ca-gregory-nu-latn" : locale;
  const time = new Intl.DateTimeFormat(tag, { timeZone, hour: "numeric", minute: "2-digit" });
  const date = new Intl.DateTimeFormat(tag, { timeZone, weekday: "long", day: "numeric", month: "long" });
  const lines = visits.map(({ startsAt, endsAt, service, initials, isConfirmed }) => {
    const name = locale === "ar" || locale === "es" ? (service[locale] ?? service.en) : service.en;
    const known = { from: time.format(startsAt), to: time.format(endsAt), service: name, patient: initials };
    return `${t("line", known)}${isConfirmed ? "" : ` · ${t("unconfirmed")}`}`;
  });
  const head = `${date.format(dayBounds(day, timeZone).start)} · ${t("count", { count: visits.length })}`;
  return [head, "", ...lines, "", t("zone", { zone: timeZone })].join("\n");
}
