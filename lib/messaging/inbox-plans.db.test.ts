import { and, desc, eq, sql, type SQLWrapper } from "drizzle-orm";
import pg from "pg";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { conversations, messages } from "@/db/schema/messaging";
import { inClinic, makeClinic, makeUser } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { query } from "@/lib/core/transact";
import { placesIn } from "./list-conversations";
import { ListConversations, VIEWS } from "./schema";

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
        ${ctx.now()}::timestamptz - n * interval '1 minute', ${ctx.now()}::timestamptz - n * interval '1 minute',
        case when n % 100 = 5 then ${ctx.now()}::timestamptz + interval '1 day' end
      from (select id, row_number() over (order by value) as n from contact_points where clinic_id = ${clinicId}
        and value like '+1303%') k`);
    await tx.execute(sql`insert into messages (id, clinic_id, conversation_id, direction, sender_type, status, text, occurred_at)
      select gen_random_uuid(), ${clinicId}, c.id, 'inbound', 'patient', 'received', 'word' || w || ' of a talk',
        c.last_message_at - w * interval '1 minute'
      from conversations c, generate_series(1, ${WORDS}::int) w where c.clinic_id = ${clinicId}`);
  });
  return { ...ctx, actor: { type: "user", id: userId, name: "Sam" }, role: "STAFF" } satisfies ClinicContext;
}

/** Which tables a question reads from end to end. */
async function wholeReads(tx: Tx, question: SQLWrapper): Promise<string[]> {
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
        found[`${view} ${rank}`] = await wholeReads(tx, placesIn(tx, ctx, input, rank, [], 41));
      }
    const [thread] = await tx.select({ id: conversations.id }).from(conversations).limit(1);
    found.thread = await wholeReads(tx, pageOfThread(tx, ctx, thread?.id ?? ""));
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
