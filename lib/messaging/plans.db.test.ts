import { and, desc, eq, sql, type SQLWrapper } from "drizzle-orm";
import pg from "pg";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { conversations, messages } from "@/db/schema/messaging";
import { newId } from "@/db/ids";
import { inClinic, makeClinic, makeUser } from "@/db/testing/make";
import { wholeReads } from "@/db/testing/plans";
import type { ClinicContext } from "@/lib/core/context";
import { query } from "@/lib/core/transact";
import { alertUnanswered } from "./inbox/alert-unanswered";
import { clinicsWithDueWork, listDueTurns } from "./due-work";
import { listConversations, placesIn } from "./inbox/list-conversations";
import { listMessages } from "./inbox/list-messages";
import { claimDue } from "./outbox/claim";
import { DELIVERY } from "./outbox/items";
import { listOutbox } from "./outbox/list";
import { ListOutbox } from "./outbox/schema";
import { reconcile } from "./outbox/reconcile";
import { recordStatusIn } from "./outbox/record-status";
import { ListConversations, ListMessages, VIEWS } from "./schema";
import { sendIn } from "./send";
import { countTasks, listTasks } from "./tasks/list";
import { ListTasks } from "./tasks/schema";

const THREADS = 3_000;
const WORDS = 8;

/** A clinic with so many threads that a plan which reads them all would be the dearer one. */
async function makeBusyClinic() {
  const { ctx, channel } = await makeClinic();
  const { id: userId } = await makeUser([{ ctx, role: "STAFF" }]);
  await inClinic(ctx, async (tx) => {
    const clinicId = ctx.clinic.id;
    await tx.execute(sql`insert into contact_points (id, clinic_id, kind, value)
      select gen_random_uuid(), ${clinicId}, 'phone', '+1303' || lpad(n::text, 7, '0') from generate_series(1, ${THREADS}::int) n`);
    await tx.execute(sql`insert into conversations (id, clinic_id, channel_id, contact_point_id, status, is_urgent, assignee_id,
        unread_count, last_message_at, last_inbound_at, snoozed_until)
      select gen_random_uuid(), ${clinicId}, ${channel.id}, k.id,
        case when n % 4 = 0 then 'closed' when n % 40 = 1 then 'handoff' else 'open' end, n % 200 = 1,
        case when n % 30 = 2 then ${userId}::uuid end, case when n % 20 = 3 then 1 else 0 end,
        ${ctx.now()}::timestamptz - n * interval '1 minute',
        ${ctx.now()}::timestamptz - (case when n % 50 = 7 then n else n + 1 end) * interval '1 minute',
        case when n % 100 = 5 then ${ctx.now()}::timestamptz + interval '1 day' end
      from (select id, row_number() over (order by value) as n from contact_points where clinic_id = ${clinicId}
        and value like '+1303%') k`);
    await tx.execute(sql`insert into messages (id, clinic_id, conversation_id, direction, sender_type, status, text, occurred_at)
      select gen_random_uuid(), ${clinicId}, c.id, 'inbound', 'patient', 'received', 'word' || w || ' of a talk',
        c.last_message_at - w * interval '1 minute'
      from conversations c, generate_series(1, ${WORDS}::int) w where c.clinic_id = ${clinicId}`);
    await tx.execute(sql`insert into patients (id, clinic_id, name, name_key, created_from)
      select id, ${clinicId}, 'Person ' || value, 'person ' || value, 'sms' from contact_points
      where clinic_id = ${clinicId} and value like '+1303%'`);
    await tx.execute(sql`insert into patient_contact_points (clinic_id, patient_id, contact_point_id)
      select ${clinicId}, id, id from patients where clinic_id = ${clinicId} and name_key like 'person +1303%'`);
    await tx.execute(sql`insert into messages (id, clinic_id, conversation_id, direction, sender_type, send_class, status, text,
        occurred_at, sent_at, vendor, vendor_id)
      select gen_random_uuid(), ${clinicId}, c.id, 'outbound', 'bot', 'reminder', 'delivered', 'said ' || w,
        c.last_message_at - w * interval '1 day', c.last_message_at - w * interval '1 day', 'twilio', 'SM' || c.id || w
      from conversations c, generate_series(1, 2) w where c.clinic_id = ${clinicId}`);
    await tx.execute(sql`insert into outbox (id, clinic_id, message_id, dedupe_key, state, due_at, attempts)
      select gen_random_uuid(), ${clinicId}, id, id::text, 'done', occurred_at, 1
      from messages where clinic_id = ${clinicId} and direction = 'outbound'`);
    await tx.execute(sql`insert into consents (clinic_id, contact_point_id, channel_kind, purpose, state, how, at)
      select ${clinicId}, id, 'sms', 'service', 'in', 'form', ${ctx.now()}::timestamptz
      from contact_points where clinic_id = ${clinicId} and kind = 'phone'`);
  });
  return { ...ctx, actor: { type: "user", id: userId, name: "Sam" }, role: "STAFF" } satisfies ClinicContext;
}

/** Which tables a question reads from end to end. */
async function plannedReads(tx: Tx, question: SQLWrapper): Promise<string[]> {
  const { rows } = await tx.execute<{ "QUERY PLAN": string }>(sql`explain ${question}`);
  return rows.flatMap((row) => /Seq Scan on (\w+)/.exec(row["QUERY PLAN"])?.[1] ?? []);
}

test("no view of the inbox, and no thread, reads a large table from end to end or sorts all threads", async () => {
  const ctx = await makeBusyClinic();
  const owner = new pg.Client(process.env.DATABASE_MIGRATE_URL);
  await owner.connect();
  await owner.query("analyze conversations, messages");
  await owner.end();
  const reads = await query(ctx, async (tx) => {
    const found: Record<string, string[]> = {};
    for (const view of VIEWS)
      for (const rank of ["urgent", "rest"] as const) {
        const input = ListConversations.parse({ view });
        found[`${view} ${rank}`] = await plannedReads(tx, placesIn(tx, ctx, input, rank, [], 41));
      }
    const [thread] = await tx.select({ id: conversations.id }).from(conversations).limit(1);
    found.thread = await plannedReads(tx, pageOfThread(tx, ctx, thread?.id ?? ""));
    return found;
  });
  expect(Object.entries(reads).filter(([, tables]) => tables.length > 0)).toEqual([]);
}, 30_000);

/** As `listMessages` asks it. */
const pageOfThread = (tx: Tx, ctx: ClinicContext, id: string) =>
  tx
    .select()
    .from(messages)
    .where(and(eq(messages.clinicId, ctx.clinic.id), eq(messages.conversationId, id)))
    .orderBy(desc(messages.occurredAt), desc(messages.id))
    .limit(51);

/** Tables of the fixture that are large hold thousands of rows; a clinic's settings hold tens. */
const SMALL = 500;
const WORKS = [
  "hold",
  "media",
  "notification",
  "outbox",
  "reconcile",
  "snooze",
  "templates",
  "turn",
  "unanswered",
  "visit_news",
] as const;

test("claiming, the send gate, statuses, sweeps and look-ups read no large table from end to end", async () => {
  const ctx = await makeBusyClinic();
  const system = { ...ctx, role: "SYSTEM", actor: { type: "system", id: "messaging.deliver", name: "" } } as const;
  const threads = await query(ctx, (tx) =>
    tx.select({ id: conversations.id }).from(conversations).where(eq(conversations.status, "open")).limit(12),
  );
  await inClinic(system, async (tx) => {
    for (const { id } of threads)
      for (const sendClass of ["reply", "reminder"] as const) {
        const said = { conversationId: id, text: `${sendClass}, please`, sendClass, senderType: "bot" } as const;
        await sendIn(tx, system, { ...said, dedupeKey: newId() });
      }
  });
  const [first] = threads;
  const reads = await wholeReads(async () => {
    const { claimed } = await claimDue(system, DELIVERY);
    expect(claimed.length).toBeGreaterThan(0);
    await reconcile(system, DELIVERY);
    const word = { vendor: "twilio", vendorId: `SM${first?.id}1`, status: "read", code: null } as const;
    await inClinic(system, async (tx) => {
      const [sent] = await tx.select().from(messages).where(eq(messages.vendorId, word.vendorId));
      await recordStatusIn(tx, system, sent?.id ?? "", word);
    });
    for (const work of WORKS) await clinicsWithDueWork(work);
    await listDueTurns();
    await alertUnanswered(system);
    await listOutbox(ctx, ListOutbox.parse({}));
    await listTasks(ctx, ListTasks.parse({}));
    await countTasks(ctx);
    await listConversations(ctx, ListConversations.parse({}));
    await listMessages(ctx, ListMessages.parse({ conversation_id: first?.id }));
  }, SMALL);
  expect(reads).toEqual([]);
}, 60_000);
