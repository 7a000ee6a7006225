import type { Tx } from "@/db/client";
import type { webhookEvents } from "@/db/schema/messaging";
import type { ClinicContext } from "@/lib/core/context";
import type { PreferenceChange } from "@/lib/messaging/channels/channel";
import { CONSENT_CHANNEL_OF } from "@/lib/messaging/channels/kinds";
import { recordConsentIn } from "./consent";
import { meetSenderIn } from "@/lib/messaging/ingest/meet-sender";

/** Records what somebody told the vendor itself about marketing, with the vendor's words for it as evidence. */
export async function recordPreferenceIn(
  tx: Tx,
  ctx: ClinicContext,
  event: typeof webhookEvents.$inferSelect,
  told: PreferenceChange,
): Promise<void> {
  const { state, words, at } = told;
  const point = await meetSenderIn(tx, ctx, { ...told, kind: "system", profileName: null, language: null });
  await recordConsentIn(tx, ctx, {
    ...{ contactPointId: point.id, channelKind: CONSENT_CHANNEL_OF[told.channelKind], purposes: ["marketing"] },
    ...{ state, how: "carrier", words, at: at ?? event.receivedAt },
  });
}
