import { and, eq } from "drizzle-orm";
import { channels } from "@/db/schema/channels";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import { credentialsIn } from "@/lib/messaging/credentials";
import { announce } from "@/lib/realtime/announce";
import { askVendor } from "./ask-vendor";
import { readChannelIn } from "./read-channel";

export interface ChannelCheck {
  id: string;
  /** What the vendor objects to; null: it works. */
  problem: string | null;
  checkedAt: Date | null;
}

/** Makes a live call with the channel's credentials and keeps what came of it. NOT_FOUND for another clinic's. */
export async function checkChannel(ctx: ClinicContext, id: string): Promise<Result<ChannelCheck>> {
  const found = await query(ctx, async (tx) => {
    const channel = await readChannelIn(tx, ctx, id);
    return channel && { channel, credentials: await credentialsIn(tx, ctx, channel) };
  });
  if (!found) return err("NOT_FOUND", { what: "channel" });
  const { problem, displayAddress } = await askVendor(found.channel, found.credentials);
  return transact(ctx, {}, async (tx) => {
    const checkedAt = ctx.now();
    await tx
      .update(channels)
      .set({ checkedAt, checkProblem: problem, ...(displayAddress ? { displayAddress } : {}) })
      .where(and(eq(channels.clinicId, ctx.clinic.id), eq(channels.id, id)));
    await audit(tx, ctx, { action: "channel.check", targetType: "channel", targetId: id });
    await announce(tx, ctx, "channel", id);
    return ok({ id, problem, checkedAt });
  });
}
