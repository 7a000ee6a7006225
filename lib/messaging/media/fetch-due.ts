import { and, asc, eq, isNull, lte, or, sql, lt } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { media } from "@/db/schema/media";
import { conversations, messages } from "@/db/schema/messaging";
import { audit } from "@/lib/audit/record";
import { systemContext } from "@/lib/clinics/mint";
import type { ClinicContext } from "@/lib/core/context";
import { ok, unwrap } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { credentialsIn } from "@/lib/messaging/credentials";
import { announce } from "@/lib/realtime/announce";
import { contentTypeOf } from "./content-type";
import { fetchReference } from "./locate";
import { dropFile, keepFile } from "./uploads";

const BATCH = 5;
const ATTEMPTS = 5;
const LEASE_SECONDS = 60;
const FIRST_RETRY_SECONDS = 20;

/**
 * Fetches the attachments of a clinic that are due, each under a lease: a killed run's are fetched again after it. What
 * may not be kept is refused for good; what could not be reached is tried five times. Answers how many were settled.
 */
export async function fetchDueMedia(clinicId: string): Promise<number> {
  const ctx = await systemContext(clinicId, "messaging.fetch-media");
  let settled = 0;
  for (;;) {
    const claimed = await claimDue(ctx);
    if (claimed.length === 0) return settled;
    for (const item of claimed) await settle(ctx, item, await fetchOne(ctx, item));
    settled += claimed.length;
  }
}

type Claimed = Awaited<ReturnType<typeof claimDue>>[number];

const claimDue = async (ctx: ClinicContext) =>
  unwrap(
    await transact(ctx, {}, async (tx) => {
      const due = await lockDue(tx, ctx);
      return ok(
        await Promise.all(
          due.map(async ({ channelId, channelKind, account, references, ...item }) => {
            const leaseToken = crypto.randomUUID();
            await tx
              .update(media)
              .set({
                leaseToken,
                leaseUntil: sql`now() + ${LEASE_SECONDS} * interval '1 second'`,
                attempts: sql`${media.attempts} + 1`,
                dueAt: sql`now() + ${FIRST_RETRY_SECONDS} * interval '1 second' * power(3, ${media.attempts})`,
              })
              .where(and(eq(media.clinicId, ctx.clinic.id), eq(media.id, item.id)));
            const credentials = await credentialsIn(tx, ctx, { id: channelId, kind: channelKind, account });
            return { ...item, leaseToken, channelKind, credentials, reference: references[item.position] };
          }),
        ),
      );
    }),
  );

const lockDue = (tx: Tx, ctx: ClinicContext) =>
  tx
    .select({
      id: media.id,
      messageId: media.messageId,
      position: media.position,
      attempts: media.attempts,
      references: messages.media,
      channelId: channels.id,
      channelKind: channels.kind,
      account: channels.account,
    })
    .from(media)
    .innerJoin(messages, and(eq(messages.clinicId, media.clinicId), eq(messages.id, media.messageId)))
    .innerJoin(
      conversations,
      and(eq(conversations.clinicId, messages.clinicId), eq(conversations.id, messages.conversationId)),
    )
    .innerJoin(channels, and(eq(channels.clinicId, conversations.clinicId), eq(channels.id, conversations.channelId)))
    .where(
      and(
        eq(media.clinicId, ctx.clinic.id),
        eq(media.state, "pending"),
        lte(media.dueAt, sql`now()`),
        or(isNull(media.leaseUntil), lt(media.leaseUntil, sql`now()`)),
      ),
    )
    .orderBy(asc(media.dueAt))
    .limit(BATCH)
    .for("update", { of: media, skipLocked: true });

type Outcome =
  | { state: "stored"; storageKey: string; contentType: string; byteLength: number }
  | { state: "refused" | "failed" | "pending"; problem: string };

async function fetchOne(ctx: ClinicContext, item: Claimed): Promise<Outcome> {
  if (!item.reference) return { state: "refused", problem: "no_address" };
  const fetched = await fetchReference(item.channelKind, item.reference, item.credentials);
  if (fetched.outcome === "refused") return { state: "refused", problem: fetched.problem };
  if (fetched.outcome === "failed")
    return { state: item.attempts + 1 >= ATTEMPTS ? "failed" : "pending", problem: fetched.problem };
  const contentType = await contentTypeOf(fetched.bytes, item.reference.contentType);
  if (!contentType) return { state: "refused", problem: "type_not_allowed" };
  const storageKey = await keepFile(ctx.clinic.id, fetched.bytes);
  return { state: "stored", storageKey, contentType, byteLength: fetched.bytes.length };
}

/** Under the lease alone: a run that was overtaken changes nothing and takes its file away again. */
async function settle(ctx: ClinicContext, item: Claimed, outcome: Outcome): Promise<void> {
  const isOurs = unwrap(
    await transact(ctx, {}, async (tx) => {
      const done = await tx
        .update(media)
        .set({ ...outcome, leaseToken: null, leaseUntil: null })
        .where(and(eq(media.clinicId, ctx.clinic.id), eq(media.id, item.id), eq(media.leaseToken, item.leaseToken)))
        .returning({ id: media.id });
      if (done.length === 0) return ok(false);
      await audit(tx, ctx, { action: `media.${outcome.state}`, targetType: "media", targetId: item.id });
      await announce(tx, ctx, "message", item.messageId);
      return ok(true);
    }),
  );
  if (!isOurs && outcome.state === "stored") await dropFile(outcome.storageKey);
}
