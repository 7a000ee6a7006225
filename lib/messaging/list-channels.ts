import { asc, eq } from "drizzle-orm";
import { channels } from "@/db/schema/channels";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import type { ChannelKind } from "./channels/kinds";

export interface ChannelItem {
  id: string;
  kind: ChannelKind;
  address: string;
  botMode: string;
  isActive: boolean;
}

/** The clinic's channels, all on one page. What opens them at the vendor is not among what is told. */
export const listChannels = (
  ctx: ClinicContext,
): Promise<Result<{ items: ChannelItem[]; page: number; limit: number; total: number }>> =>
  query(ctx, async (tx) => {
    const items = await tx
      .select({
        id: channels.id,
        kind: channels.kind,
        address: channels.address,
        botMode: channels.botMode,
        isActive: channels.isActive,
      })
      .from(channels)
      .where(eq(channels.clinicId, ctx.clinic.id))
      .orderBy(asc(channels.kind), asc(channels.address));
    return ok({ items, page: 1, limit: Math.max(items.length, 1), total: items.length });
  });
