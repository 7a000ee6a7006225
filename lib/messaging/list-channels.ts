import { and, asc, eq } from "drizzle-orm";
import { channelBreakers, channelCredentials, channels } from "@/db/schema/channels";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import type { ChannelKind } from "./channels/kinds";

export interface ChannelItem {
  id: string;
  kind: ChannelKind;
  address: string;
  displayAddress: string | null;
  account: string | null;
  botMode: string;
  isActive: boolean;
  pacePerSecond: number | null;
  checkedAt: Date | null;
  checkProblem: string | null;
  /** What the vendor told of the account or the number and still stands. */
  vendorNotice: string | null;
  vendorNoticeAt: Date | null;
  /** When the vendor's list of templates was last read. */
  templatesReadAt: Date | null;
  /** Until when nothing but a probe is sent, because the vendor kept failing. */
  pausedUntil: Date | null;
  /** Which secrets of its own it has, by their last characters; none: the deployment's are used. */
  credentials: { purpose: string; hint: string; updatedAt: Date }[];
}

/** The clinic's channels, all on one page. What opens them at the vendor is not among what is told. */
export const listChannels = (
  ctx: ClinicContext,
): Promise<Result<{ items: ChannelItem[]; page: number; limit: number; total: number }>> =>
  query(ctx, async (tx) => {
    const mine = eq(channels.clinicId, ctx.clinic.id);
    const rows = await tx
      .select({ channel: channels, pausedUntil: channelBreakers.openUntil })
      .from(channels)
      .leftJoin(
        channelBreakers,
        and(eq(channelBreakers.clinicId, channels.clinicId), eq(channelBreakers.channelId, channels.id)),
      )
      .where(mine)
      .orderBy(asc(channels.kind), asc(channels.address));
    const secrets = await tx
      .select({
        channelId: channelCredentials.channelId,
        purpose: channelCredentials.purpose,
        hint: channelCredentials.hint,
        updatedAt: channelCredentials.updatedAt,
      })
      .from(channelCredentials)
      .where(eq(channelCredentials.clinicId, ctx.clinic.id));
    const items = rows.map(({ channel, pausedUntil }) => itemOf(channel, pausedUntil, secrets));
    return ok({ items, page: 1, limit: Math.max(items.length, 1), total: items.length });
  });

function itemOf(
  channel: typeof channels.$inferSelect,
  pausedUntil: Date | null,
  secrets: { channelId: string; purpose: string; hint: string; updatedAt: Date }[],
): ChannelItem {
  const { id, kind, address, displayAddress, account, botMode, isActive, pacePerSecond, checkedAt, checkProblem } =
    channel;
  const { vendorNotice, vendorNoticeAt, templatesReadAt } = channel;
  const credentials = secrets.flatMap(({ channelId, ...secret }) => (channelId === id ? [secret] : []));
  const shown = { id, kind, address, displayAddress, account, botMode, isActive, pacePerSecond };
  const told = { checkedAt, checkProblem, vendorNotice, vendorNoticeAt, templatesReadAt };
  return { ...shown, ...told, pausedUntil, credentials };
}
