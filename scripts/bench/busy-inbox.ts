import { sql } from "drizzle-orm";
import type { ClinicContext } from "@/lib/core/context";

export const THREADS = 20_000;
export const MESSAGES_EACH = 50;
/** Messages of so many threads are written at a time. */
const CHUNK = 1_000;
/** One in so many messages holds the rare word. */
const RARE_EVERY = 9_973;

/** Words of the texts: in every fifth message, in one of ten thousand; a name and the end of a number. */
export const SOUGHT = { common: "morning", rare: "crown", name: "rivera", number: "0012345" };

/** A clinic with 20,000 threads of 50 messages each, a quarter of them closed; the newest a few minutes old. */
export async function makeBusyInbox() {
  const { inClinic, makeClinic, makeUser } = await import("@/db/testing/make");
  const { ctx, channel } = await makeClinic({}, new Date().toISOString());
  const user = await makeUser([{ ctx, role: "STAFF" }]);
  const clinicId = ctx.clinic.id;
  await inClinic(ctx, async (tx) => {
    await tx.execute(sql`insert into contact_points (id, clinic_id, kind, value)
      select uuidv7(), ${clinicId}, 'phone', '+1303' || lpad(n::text, 7, '0') from generate_series(1, ${THREADS}::int) n`);
    await tx.execute(sql`insert into patients (id, clinic_id, name, name_key, created_from)
      select id, ${clinicId}, initcap(name), name, 'sms' from (
        select id, (array['ana','omar','lucia','fatima','john'])[1 + n % 5] || ' '
          || (array['haddad','gomez','smith','rivera','khalil','ortiz'])[1 + n % 6] || ' ' || n as name
        from (select id, right(value, 7)::int as n from contact_points where clinic_id = ${clinicId} and value like '+1303%') k) p`);
    await tx.execute(sql`insert into patient_contact_points (clinic_id, patient_id, contact_point_id)
      select clinic_id, id, id from contact_points where clinic_id = ${clinicId} and value like '+1303%'`);
    await tx.execute(sql`insert into conversations (id, clinic_id, channel_id, contact_point_id, patient_id, status, holder,
        is_urgent, unread_count, last_message_at, last_inbound_at)
      select id, ${clinicId}, ${channel.id}, id, id, case when n % 4 = 0 then 'closed' when n % 50 = 1 then 'handoff' else 'open' end,
        case when n % 20 = 2 then 'staff' else 'bot' end, n % 2000 = 1, case when n % 9 = 0 then 2 else 0 end,
        now() - n * interval '3 minutes', now() - n * interval '3 minutes' - interval '1 minute'
      from (select id, right(value, 7)::int as n from contact_points where clinic_id = ${clinicId} and value like '+1303%') k`);
  });
  for (let from = 1; from <= THREADS; from += CHUNK)
    await inClinic(ctx, (tx) => tx.execute(messagesOf(ctx, from, from + CHUNK - 1)));
  return { ctx, user };
}

const messagesOf = (ctx: ClinicContext, from: number, to: number) => sql`
  insert into messages (id, clinic_id, conversation_id, direction, sender_type, status, text, occurred_at)
  select uuidv7(), clinic_id, id, case when m % 2 = 0 then 'inbound' else 'outbound' end,
    case when m % 2 = 0 then 'patient' else 'bot' end, case when m % 2 = 0 then 'received' else 'delivered' end,
    (array['Could I come on Tuesday morning?','You are booked for Monday at ten','What does a cleaning cost for two',
      'We open at nine on every weekday','It hurts when I drink something cold'])[1 + (m + n) % 5]
      || ' ref' || (n * 50 + m) || case when (n * 50 + m) % ${RARE_EVERY}::int = 0 then ' broken crown' else '' end,
    last_message_at - (50 - m) * interval '7 minutes'
  from (select c.*, right(k.value, 7)::int as n from conversations c join contact_points k on k.clinic_id = c.clinic_id
      and k.id = c.contact_point_id where c.clinic_id = ${ctx.clinic.id} and k.value
        between '+1303' || lpad(${from}::text, 7, '0') and '+1303' || lpad(${to}::text, 7, '0')) t,
    generate_series(1, ${MESSAGES_EACH}::int) m`;
