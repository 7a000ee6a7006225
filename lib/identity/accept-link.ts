import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { loginLinks, userCredentials, users } from "@/db/schema/identity";
import type { Clock } from "@/lib/core/clock";
import { hashToken } from "@/lib/core/crypto";
import { err, ok, type Result } from "@/lib/core/result";
import { unscoped } from "@/lib/core/transact";
import { hashPassword } from "./password";
import type { AcceptLink } from "./schema";

/** Whom a link is for, while it is good; NOT_FOUND when it is unknown, used or past its time. */
export const readLink = (token: string, now: Clock): Promise<Result<{ email: string }>> =>
  unscoped(async (tx) => {
    const link = await findLink(tx, token, now());
    if (!link) return err("NOT_FOUND", { what: "invite" });
    const [user] = await tx.select({ email: users.email }).from(users).where(eq(users.id, link.userId));
    return user ? ok(user) : err("NOT_FOUND", { what: "invite" });
  });

/** Sets the password of the person whom a one-time link is for. The link is used up in the same transaction. */
export async function acceptLink(token: string, input: AcceptLink, now: Clock): Promise<Result<{ email: string }>> {
  const passwordHash = await hashPassword(input.password);
  return unscoped(async (tx) => {
    const at = now();
    const link = await findLink(tx, token, at);
    if (!link) return err("NOT_FOUND", { what: "invite" });
    const used = await tx
      .update(loginLinks)
      .set({ usedAt: at })
      .where(and(eq(loginLinks.id, link.linkId), isNull(loginLinks.usedAt)))
      .returning({ id: loginLinks.id });
    if (used.length === 0) return err("NOT_FOUND", { what: "invite" });
    const credentials = { passwordHash, changedAt: at };
    await tx
      .insert(userCredentials)
      .values({ userId: link.userId, ...credentials })
      .onConflictDoUpdate({ target: userCredentials.userId, set: credentials });
    const [user] = await tx
      .update(users)
      .set({ epoch: sql`${users.epoch} + 1`, ...(input.name ? { name: input.name } : {}) })
      .where(eq(users.id, link.userId))
      .returning({ email: users.email });
    return user ? ok(user) : err("NOT_FOUND", { what: "invite" });
  });
}

/** Finds a good link and makes its person the scope of this transaction. */
async function findLink(tx: Tx, token: string, now: Date) {
  const { rows } = await tx.execute<{ link_id: string; user_id: string }>(
    sql`select link_id, user_id, set_config('app.user_id', user_id::text, true) from find_login_link(${hashToken(token)})`,
  );
  const [found] = rows;
  if (!found) return undefined;
  const [link] = await tx
    .select({ id: loginLinks.id })
    .from(loginLinks)
    .where(and(eq(loginLinks.id, found.link_id), isNull(loginLinks.usedAt), gt(loginLinks.expiresAt, now)));
  return link && { linkId: found.link_id, userId: found.user_id };
}
