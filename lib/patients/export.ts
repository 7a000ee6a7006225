import { sql } from "drizzle-orm";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { csvHead, csvLines } from "@/lib/core/csv";
import { ok, type Result } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import type { ExportPatients } from "./schema";
import { wherePatients } from "./search";

const AT_ONCE = 500;
const COLUMNS = [
  ...["name", "phone", "email", "birth_date", "language", "type", "next_follow_up_date"],
  ...["sms_marketing", "whatsapp_marketing", "email_marketing", "consent_source", "consent_date", "id", "created_at"],
] as const;

/**
 * The patients of a list's filters as CSV, in parts of some hundred rows, each read when the last one has been taken.
 * That it was asked for, and by which filters, is written down before the first row leaves.
 */
export async function exportPatients(
  ctx: ClinicContext,
  input: ExportPatients,
): Promise<Result<AsyncGenerator<string, void>>> {
  const changed = Object.entries(input).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const noted = await transact(ctx, {}, async (tx) => {
    await audit(tx, ctx, { action: "patient.export", targetType: "clinic", targetId: ctx.clinic.id, changed });
    return ok();
  });
  return noted.ok ? ok(parts(ctx, input)) : noted;
}

async function* parts(ctx: ClinicContext, input: ExportPatients): AsyncGenerator<string, void> {
  yield csvHead(COLUMNS);
  for (let after: string | undefined; ;) {
    const rows: Record<string, unknown>[] = await readPart(ctx, input, after);
    const last = rows.at(-1)?.id;
    if (typeof last !== "string") return;
    yield csvLines(COLUMNS, rows);
    after = last;
  }
}

const readPart = (ctx: ClinicContext, input: ExportPatients, after: string | undefined) =>
  query(ctx, async (tx) => {
    const where = wherePatients(ctx, input);
    if (!where) return [];
    const beyond = after ? sql`and p.id > ${after}` : sql``;
    const { rows } = await tx.execute(sql`
      select p.id, p.name, p.birth_date::text, p.language, p.patient_type as type, p.next_follow_up_date::text,
        to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at,
        phone.value as phone, email.value as email, phone.sms_marketing, phone.whatsapp_marketing, email.email_marketing,
        given.consent_source, given.consent_date
      from patients p
      left join lateral (${addressOf("phone")}) phone on true
      left join lateral (${addressOf("email")}) email on true
      left join lateral (select coalesce(c.words, c.how) as consent_source,
          (c.at at time zone ${ctx.clinic.timeZone})::date::text as consent_date
        from consents c where c.clinic_id = p.clinic_id and c.contact_point_id in (phone.id, email.id)
          and c.purpose = 'marketing' order by c.state = 'in' desc, c.at desc limit 1) given on true
      where ${where} ${beyond} order by p.id limit ${AT_ONCE}`);
    return rows;
  });

/** The primary address of a kind, and what was said there of marketing. */
const addressOf = (kind: "phone" | "email") => sql`
  select k.id, k.value, ${marketingAt("sms")} as sms_marketing, ${marketingAt("whatsapp")} as whatsapp_marketing,
    ${marketingAt("email")} as email_marketing
  from patient_contact_points l join contact_points k on k.clinic_id = l.clinic_id and k.id = l.contact_point_id
  where l.clinic_id = p.clinic_id and l.patient_id = p.id and k.kind = ${kind}
  order by l.is_primary desc, k.id limit 1`;

const marketingAt = (channelKind: "sms" | "whatsapp" | "email") => sql`
  (select case c.state when 'in' then 'yes' else 'no' end from consents c where c.clinic_id = k.clinic_id
    and c.contact_point_id = k.id and c.channel_kind = ${channelKind} and c.purpose = 'marketing')`;
