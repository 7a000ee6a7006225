import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { clinics } from "@/db/schema/clinics";
import { memberships, sessions, users } from "@/db/schema/identity";
import type { UserContext } from "@/lib/core/context";
import { hashToken, newToken } from "@/lib/core/crypto";
import { transactAsSession } from "@/lib/core/transact";

export const IDLE_MINUTES = 12 * 60;
export const ABSOLUTE_DAYS = 7;
const SEEN_EVERY_SECONDS = 60;

/** What a session knows of its user; the doors add request, clock and language. */
export type SessionUser = Pick<UserContext, "user" | "sessionId" | "memberships">;

/** Opens a session inside the user's own transaction; the token goes into the cookie and nowhere else. */
export async function openSession(tx: Tx, user: { id: string; epoch: number }, now: Date): Promise<string> {
  const token = newToken();
  await tx.insert(sessions).values({
    tokenHash: hashToken(token),
    userId: user.id,
    userEpoch: user.epoch,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + ABSOLUTE_DAYS * 86_400_000),
  });
  return token;
}

/**
 * The user behind a session token, or undefined when it is unknown, ended, idle for 12 hours, older than 7 days, or
 * from before the user was disabled or their epoch was raised.
 */
export const findSessionUser = (token: string, now: Date): Promise<SessionUser | undefined> =>
  transactAsSession(hashToken(token), async (tx, found) => {
    if (!found) return undefined;
    const [row] = await tx
      .select({ session: sessions, user: users })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(eq(sessions.id, found.sessionId));
    if (!row || !isLive(row.session, row.user, now)) return undefined;
    if (now.getTime() - row.session.lastSeenAt.getTime() > SEEN_EVERY_SECONDS * 1000)
      await tx.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.id, row.session.id));
    const { id, email, name, locale, hqRole } = row.user;
    return {
      sessionId: row.session.id,
      user: { id, email, name, locale, hqRole },
      memberships: await clinicsOf(tx, id),
    };
  });

function isLive(session: typeof sessions.$inferSelect, user: typeof users.$inferSelect, now: Date): boolean {
  if (session.endedAt || user.disabledAt || session.userEpoch !== user.epoch) return false;
  const idleSince = now.getTime() - session.lastSeenAt.getTime();
  return session.expiresAt > now && idleSince < IDLE_MINUTES * 60_000;
}

/** The clinics that a user belongs to, by name. */
export const clinicsOf = (tx: Tx, userId: string) =>
  tx
    .select({ clinicId: clinics.id, slug: clinics.slug, name: clinics.name, role: memberships.role })
    .from(memberships)
    .innerJoin(clinics, eq(clinics.id, memberships.clinicId))
    .where(eq(memberships.userId, userId))
    .orderBy(clinics.name);

/** Ends a session at once: its cookie is worth nothing from here on. */
export const endSession = (token: string): Promise<void> =>
  transactAsSession(hashToken(token), async (tx, found) => {
    if (!found) return;
    await tx
      .update(sessions)
      .set({ endedAt: sql`now()` })
      .where(and(eq(sessions.id, found.sessionId), sql`ended_at is null`));
  });
