import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { calendarFeeds } from "@/db/schema/feeds";
import { providers } from "@/db/schema/resources";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { hashToken, newToken } from "@/lib/core/crypto";
import { env } from "@/lib/core/env";
import { err, ok, type Result } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import type { FeedShows } from "./schema";

export interface Feed {
  isOpen: boolean;
  shows: FeedShows;
  createdAt: Date | null;
  lastReadAt: Date | null;
}
const CLOSED: Feed = { isOpen: false, shows: "service", createdAt: null, lastReadAt: null };

const live = (ctx: ClinicContext, providerId: string) =>
  and(
    eq(calendarFeeds.clinicId, ctx.clinic.id),
    eq(calendarFeeds.providerId, providerId),
    isNull(calendarFeeds.revokedAt),
  );

async function findProvider(tx: Tx, ctx: ClinicContext, id: string) {
  const mine = and(eq(providers.clinicId, ctx.clinic.id), eq(providers.id, id));
  const [row] = await tx.select({ id: providers.id }).from(providers).where(mine).for("no key update");
  return row;
}

/** Whether a provider's calendar can be read from outside, and what it tells. NOT_FOUND: the provider. */
export const getFeed = (ctx: ClinicContext, providerId: string): Promise<Result<Feed>> =>
  query(ctx, async (tx) => {
    const mine = and(eq(providers.clinicId, ctx.clinic.id), eq(providers.id, providerId));
    const [provider] = await tx.select({ id: providers.id }).from(providers).where(mine);
    if (!provider) return err("NOT_FOUND", { what: "provider" });
    const [row] = await tx.select().from(calendarFeeds).where(live(ctx, providerId));
    return ok(row ? { isOpen: true, ...shown(row) } : CLOSED);
  });

const shown = ({ shows, createdAt, lastReadAt }: Omit<Feed, "isOpen">) => ({ shows, createdAt, lastReadAt });

/**
 * Gives a provider's calendar a secret address. It is in this answer and nowhere else: kept is its hash. An address
 * from before stops working. A keyed request is not remembered, since its answer holds the secret.
 */
export const openFeed = (
  { idempotent: _, ...ctx }: ClinicContext,
  providerId: string,
  { shows }: { shows: FeedShows },
): Promise<Result<Feed & { url: string }>> =>
  transact(ctx, {}, async (tx) => {
    if (!(await findProvider(tx, ctx, providerId))) return err("NOT_FOUND", { what: "provider" });
    const token = newToken();
    await tx.update(calendarFeeds).set({ revokedAt: ctx.now() }).where(live(ctx, providerId));
    const values = { clinicId: ctx.clinic.id, providerId, tokenHash: hashToken(token), shows, createdAt: ctx.now() };
    const [row] = await tx.insert(calendarFeeds).values(values).returning();
    if (!row) throw new Error("a feed was not written");
    await audit(tx, ctx, { action: "feed.open", targetType: "provider", targetId: providerId, changed: ["token"] });
    const url = new URL(`/api/public/${ctx.clinic.slug}/feed/${token}`, env().APP_URL).toString();
    return ok({ isOpen: true, ...shown(row), url });
  });

/** Changes what the feed tells; its address stays. NOT_FOUND where there is none. */
export const changeFeed = (
  ctx: ClinicContext,
  providerId: string,
  { shows }: { shows: FeedShows },
): Promise<Result<Feed>> =>
  transact(ctx, {}, async (tx) => {
    const [row] = await tx.update(calendarFeeds).set({ shows }).where(live(ctx, providerId)).returning();
    if (!row) return err("NOT_FOUND", { what: "feed" });
    await audit(tx, ctx, { action: "feed.change", targetType: "provider", targetId: providerId, changed: ["shows"] });
    return ok({ isOpen: true, ...shown(row) });
  });

/** Closes the feed: its address answers NOT_FOUND from now on. A second time changes nothing. */
export const closeFeed = (ctx: ClinicContext, providerId: string): Promise<Result<Feed>> =>
  transact(ctx, {}, async (tx) => {
    if (!(await findProvider(tx, ctx, providerId))) return err("NOT_FOUND", { what: "provider" });
    const closed = await tx
      .update(calendarFeeds)
      .set({ revokedAt: ctx.now() })
      .where(live(ctx, providerId))
      .returning({ id: calendarFeeds.id });
    if (closed.length > 0) await audit(tx, ctx, { action: "feed.close", targetType: "provider", targetId: providerId });
    return ok(CLOSED);
  });
