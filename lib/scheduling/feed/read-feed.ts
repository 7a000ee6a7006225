import { createHash } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { calendarFeeds } from "@/db/schema/feeds";
import { providers } from "@/db/schema/resources";
import type { ClinicContext, ClinicFacts } from "@/lib/core/context";
import { hashToken } from "@/lib/core/crypto";
import { count } from "@/lib/core/rate";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { addDays, dayBounds, dayIn } from "@/lib/core/zone";
import { calendarText, type FeedEntry } from "./calendar-text";

type Anybody = Pick<ClinicContext, "requestId" | "now"> & { clinic: ClinicFacts | undefined };

/** Readers look once in some minutes; who looks more often than this is a loop. */
const RATE = { name: "feed", points: 30, seconds: 60 } as const;
const [DAYS_BACK, DAYS_AHEAD] = [30, 365];
const MOST_ENTRIES = 10_000;
const SEEN_EVERY_MS = 60 * 60_000;

export interface FeedFile {
  text: string;
  etag: string;
  name: string;
}

/**
 * A provider's calendar as iCalendar, by what opens it: from 30 days ago to 365 days ahead, in the clinic's own words.
 * Equal calendars are equal texts with equal tags. NOT_FOUND for what opens nothing, or nothing any more.
 */
export async function readFeed({ clinic, requestId, now }: Anybody, token: string): Promise<Result<FeedFile>> {
  if (!clinic) return err("NOT_FOUND", { what: "clinic" });
  const tokenHash = hashToken(token.replace(/\.ics$/, ""));
  const counted = await count(RATE, tokenHash);
  if (!counted.ok) return counted;
  const actor = { type: "system", id: "feed" } as const;
  const ctx = { clinic, actor, role: "SYSTEM" as const, locale: clinic.defaultLocale, requestId, now };
  return transact(ctx, {}, async (tx) => {
    const feed = await findFeed(tx, ctx, tokenHash);
    if (!feed) return err("NOT_FOUND", { what: "feed" });
    const text = calendarText(ctx, feed, await readEntries(tx, ctx, feed.providerId));
    const etag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 27)}"`;
    await markRead(tx, ctx, feed);
    return ok({ text, etag, name: feed.providerName });
  });
}

async function findFeed(tx: Tx, ctx: ClinicContext, tokenHash: string) {
  const { id, providerId, shows, lastReadAt } = calendarFeeds;
  const [row] = await tx
    .select({ id, providerId, shows, lastReadAt, providerName: providers.name })
    .from(calendarFeeds)
    .innerJoin(providers, and(eq(providers.clinicId, calendarFeeds.clinicId), eq(providers.id, providerId)))
    .where(
      and(
        eq(calendarFeeds.clinicId, ctx.clinic.id),
        eq(calendarFeeds.tokenHash, tokenHash),
        isNull(calendarFeeds.revokedAt),
      ),
    );
  return row;
}

/** So that a manager sees whether anybody still reads it; once an hour is often enough to write. */
async function markRead(tx: Tx, ctx: ClinicContext, feed: { id: string; lastReadAt: Date | null }): Promise<void> {
  const isFresh = feed.lastReadAt && ctx.now().getTime() - feed.lastReadAt.getTime() < SEEN_EVERY_MS;
  if (isFresh) return;
  const mine = and(eq(calendarFeeds.clinicId, ctx.clinic.id), eq(calendarFeeds.id, feed.id));
  await tx.update(calendarFeeds).set({ lastReadAt: ctx.now() }).where(mine);
}

/** The provider's part of each visit, cancelled ones too: a reader that has them must learn of it. */
async function readEntries(tx: Tx, ctx: ClinicContext, providerId: string): Promise<FeedEntry[]> {
  const { timeZone } = ctx.clinic;
  const today = dayIn(ctx.now(), timeZone);
  const from = dayBounds(addDays(today, -DAYS_BACK), timeZone).start;
  const to = dayBounds(addDays(today, DAYS_AHEAD), timeZone).end;
  const { rows } = await tx.execute<FeedEntry & Record<string, unknown>>(sql`
    select a.id, s.starts_at as "startsAt", s.ends_at as "endsAt", a.status, a.updated_at as "updatedAt",
      v.name as service, p.name as patient, o.name as chair,
      (select count(*)::int from appointment_events e where e.clinic_id = a.clinic_id and e.appointment_id = a.id
        and e.kind in ('status', 'moved')) as sequence
    from appointments a
    join appointment_segments s on s.clinic_id = a.clinic_id and s.appointment_id = a.id and s.resource_id = ${providerId}
    join services v on v.clinic_id = a.clinic_id and v.id = a.service_id
    join patients p on p.clinic_id = a.clinic_id and p.id = a.patient_id
    left join operatories o on o.clinic_id = a.clinic_id and o.id = a.operatory_id
    where a.clinic_id = ${ctx.clinic.id} and a.starts_at >= ${from} and a.starts_at < ${to}
      and a.status in ('scheduled', 'checked_in', 'completed', 'no_show', 'cancelled') and a.created_from <> 'SIMULATOR'
    order by a.starts_at, a.id limit ${MOST_ENTRIES}`);
  return rows;
}
