import { sql } from "drizzle-orm";
import { newId } from "@/db/ids";
import { loginLinks, users } from "@/db/schema/identity";
import { auditHq } from "@/lib/audit/record";
import type { HqContext } from "@/lib/core/context";
import { hashToken, newToken } from "@/lib/core/crypto";
import { err, ok, type Result } from "@/lib/core/result";
import { transactAsHq } from "@/lib/core/transact";

export const LINK_HOURS = 72;

/**
 * Makes the first SUPERADMIN and answers the token of a one-time link (72 hours) that sets their password.
 * CONFLICT when there is one already: from then on, people are invited.
 */
export async function bootstrapSuperadmin(ctx: HqContext, email: string): Promise<Result<{ token: string }>> {
  const id = newId();
  const token = newToken();
  const now = ctx.now();
  const isFirst = await transactAsHq(ctx, async (tx) => {
    // Two bootstraps at once: the second waits, then sees the first one's user.
    await tx.execute(sql`select pg_advisory_xact_lock(4201338)`);
    const { rows } = await tx.execute<{ has: boolean }>(sql`select has_superadmin() as has`);
    if (rows[0]?.has) return false;
    await tx
      .insert(users)
      .values({ id, email: email.toLowerCase(), name: email, hqRole: "SUPERADMIN", createdAt: now });
    await tx.execute(sql`select set_config('app.user_id', ${id}, true)`);
    const expiresAt = new Date(now.getTime() + LINK_HOURS * 3_600_000);
    await tx
      .insert(loginLinks)
      .values({ tokenHash: hashToken(token), userId: id, purpose: "bootstrap", createdAt: now, expiresAt });
    await auditHq(tx, ctx, { action: "HQ_BOOTSTRAP", targetType: "user", targetId: id });
    return true;
  });
  return isFirst ? ok({ token }) : err("CONFLICT", { why: "there is a SUPERADMIN already" });
}
