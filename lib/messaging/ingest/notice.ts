import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { tellIn } from "@/lib/notifications/tell";
import { announce } from "@/lib/realtime/announce";
import type { AccountNotice, VendorNotice } from "@/lib/messaging/channels/notice";
import { lockMeantIn } from "./route-notice";
import { raiseTaskIn } from "@/lib/messaging/tasks/raise";
import { recordApprovalsIn } from "@/lib/messaging/templates/record-approvals";

type Channel = typeof channels.$inferSelect;

/**
 * Records what a vendor tells of an account of this clinic: a template's state, or that the account or a number is in
 * trouble, which staff are told of, or out of it. False where none of the clinic's channels is meant.
 */
export async function ingestNoticeIn(
  tx: Tx,
  ctx: ClinicContext,
  eventId: string,
  notice: AccountNotice,
): Promise<boolean> {
  const meant = await lockMeantIn(tx, ctx, notice);
  if (meant.length === 0) return false;
  const { news } = notice;
  if (news.about === "template") await recordApprovalsIn(tx, ctx, [news.decision], { isOfText: false });
  else for (const channel of aboutOf(meant, notice)) await noteIn(tx, ctx, channel, eventId, news);
  return true;
}

/** Of several numbers of an account the one that is named, or that may be it; all where none is. */
function aboutOf(meant: Channel[], { shownNumber }: AccountNotice): Channel[] {
  if (shownNumber === null) return meant;
  const named = meant.filter(({ displayAddress }) => displayAddress?.replace(/\D/g, "") === shownNumber);
  return named.length > 0 ? named : meant.filter(({ displayAddress }) => displayAddress === null);
}

const subjectOf = (notice: string): "account" | "number" => (notice.startsWith("account_") ? "account" : "number");

async function noteIn(
  tx: Tx,
  ctx: ClinicContext,
  channel: Channel,
  eventId: string,
  { about, notice }: { about: "account" | "number"; notice: VendorNotice | null },
): Promise<void> {
  const before = channel.vendorNotice;
  // The end of a number's trouble is not the end of its account's, and a number's is no news beside it.
  if (before && subjectOf(before) !== about && (notice === null || about === "number")) return;
  if (before === notice) return;
  await tx
    .update(channels)
    .set({ vendorNotice: notice, vendorNoticeAt: notice && ctx.now() })
    .where(and(eq(channels.clinicId, ctx.clinic.id), eq(channels.id, channel.id)));
  await audit(tx, ctx, { action: "channel.notice", targetType: "channel", targetId: channel.id });
  await announce(tx, ctx, "channel", channel.id);
  if (!notice) return;
  const made = await raiseTaskIn(tx, ctx, { reason: "channel_broken", channelId: channel.id });
  if (made) return; // told with it
  const told = { kind: "channel_broken", entityType: "channel", entityId: channel.id } as const;
  await tellIn(tx, ctx, { ...told, dedupeKey: `notice:${eventId}:${channel.id}` });
}

const looked = new Set<string>();
const MOST_LOOKED = 10_000;

/**
 * Takes the account of a channel that has none from what the vendor says beside its messages: its notices find the clinic
 * by it. Asked once a process.
 */
export async function learnAccountIn(tx: Tx, ctx: ClinicContext, channelId: string, account: string): Promise<void> {
  if (looked.has(channelId)) return;
  if (looked.size >= MOST_LOOKED) looked.clear();
  looked.add(channelId);
  const mine = and(eq(channels.clinicId, ctx.clinic.id), eq(channels.id, channelId));
  const learned = await tx
    .update(channels)
    .set({ account })
    .where(and(mine, eq(channels.kind, "whatsapp_cloud"), isNull(channels.account)))
    .returning({ id: channels.id });
  if (learned.length > 0)
    await audit(tx, ctx, {
      action: "channel.account",
      targetType: "channel",
      targetId: channelId,
      changed: ["account"],
    });
}
