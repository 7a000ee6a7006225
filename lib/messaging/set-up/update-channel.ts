import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { credentialsIn, saveCredentialsIn } from "@/lib/messaging/credentials";
import { announce } from "@/lib/realtime/announce";
import { checkChannel, type ChannelCheck } from "./check-channel";
import { readChannelIn } from "./read-channel";
import type { GivenCredentials, UpdateChannel } from "./schema";
import { keptOf } from "./secrets";

/**
 * Changes how a channel answers, whether it is in use, its pace, or its secrets; new secrets are tried at the vendor at
 * once. Answers what the vendor said last. NOT_FOUND for another clinic's.
 */
export async function updateChannel(
  ctx: ClinicContext,
  id: string,
  input: UpdateChannel,
): Promise<Result<ChannelCheck>> {
  const { credentials, ...fields } = input;
  const saved = await transact(ctx, {}, async (tx) => {
    const channel = await readChannelIn(tx, ctx, id);
    if (!channel) return err("NOT_FOUND", { what: "channel" });
    const changed = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    if (changed.length > 0) {
      await tx
        .update(channels)
        .set(fields)
        .where(and(eq(channels.clinicId, ctx.clinic.id), eq(channels.id, id)));
      await audit(tx, ctx, { action: "channel.update", targetType: "channel", targetId: id, changed });
    }
    const replaced = credentials ? await replaceCredentialsIn(tx, ctx, channel, credentials) : ok();
    if (!replaced.ok) return replaced;
    await announce(tx, ctx, "channel", id);
    return ok({ id, problem: channel.checkProblem, checkedAt: channel.checkedAt });
  });
  return saved.ok && credentials ? checkChannel(ctx, id) : saved;
}

async function replaceCredentialsIn(
  tx: Tx,
  ctx: ClinicContext,
  channel: typeof channels.$inferSelect,
  given: GivenCredentials,
): Promise<Result<null>> {
  // The deployment's secrets are nobody's to build on.
  const own = channel.account === null ? undefined : await credentialsIn(tx, ctx, channel);
  const kept = keptOf(channel.kind, given, own);
  if (!kept.ok) return kept;
  const { account, secrets } = kept.data;
  if (account !== undefined)
    await tx
      .update(channels)
      .set({ account })
      .where(and(eq(channels.clinicId, ctx.clinic.id), eq(channels.id, channel.id)));
  await saveCredentialsIn(tx, ctx, channel.id, secrets);
  return ok();
}
