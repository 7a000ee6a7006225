import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { isId } from "@/db/ids";
import type { VendorEvent } from "./channels/channel";

export interface Route {
  clinicId: string;
  channelId: string | null;
}

/** Whose a vendor's event is: by the address that it came to, by our own id in a callback, or by the vendor's message id. */
export async function routeEvent(tx: Tx, vendor: string, event: NonNullable<VendorEvent>): Promise<Route | undefined> {
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
