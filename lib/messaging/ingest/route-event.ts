import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { isId } from "@/db/ids";
import { unscoped } from "@/lib/core/transact";
import type { VendorEvent } from "@/lib/messaging/channels/channel";
import type { AccountNotice } from "@/lib/messaging/channels/notice";
import { textOf } from "@/lib/messaging/channels/whatsapp-cloud/loose";
import { clinicsOfAccount } from "./route-notice";

export interface Route {
  clinicId: string;
  channelId: string | null;
}

/** Whose a vendor's event is: by the address that it came to, by our own id in a callback, or by the vendor's message id. */
export async function routeEvent(
  tx: Tx,
  vendor: string,
  event: Exclude<VendorEvent, AccountNotice | undefined>,
): Promise<Route | undefined> {
  if (event.type !== "status") {
    const found = await tx.execute<{ clinic_id: string; channel_id: string }>(
      sql`select clinic_id, channel_id from find_channel(${event.channelKind}, ${event.to})`,
    );
    const [row] = found.rows;
    return row && { clinicId: row.clinic_id, channelId: row.channel_id };
  }
  const byOutbox =
    event.outboxId && isId(event.outboxId) ? await clinicOf(tx, sql`find_outbox(${event.outboxId})`) : null;
  const clinicId = byOutbox ?? (await clinicOf(tx, sql`find_vendor_message(${vendor}, ${event.vendorId})`));
  return clinicId ? { clinicId, channelId: null } : undefined;
}

async function clinicOf(tx: Tx, call: ReturnType<typeof sql>): Promise<string | null> {
  const found = await tx.execute<{ id: string | null }>(sql`select ${call} as id`);
  return found.rows[0]?.id ?? null;
}

/**
 * Whose an event is that nobody understands: by the number that it names, else by its account, where that is one clinic's
 * alone.
 */
export async function ownerOf({ vendor, body }: { vendor: string; body: Record<string, unknown> }) {
  if (vendor !== "whatsapp") return undefined;
  const channelKind = "whatsapp_cloud";
  const number = textOf(body.phone_number_id) ?? textOf(body.signed_for);
  if (number) {
    const found = await unscoped((tx) =>
      tx.execute<{ clinic_id: string }>(sql`select clinic_id from find_channel(${channelKind}, ${number})`),
    );
    return found.rows[0]?.clinic_id;
  }
  const account = textOf(body.waba);
  const clinics = account ? await clinicsOfAccount({ channelKind, account, signedFor: null }) : [];
  return clinics.length === 1 ? clinics[0] : undefined;
}
