import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema/channels";
import type { ClinicContext } from "@/lib/core/context";

/** The clinic's channel by its id, in use or not; undefined for another clinic's. */
export async function readChannelIn(tx: Tx, ctx: ClinicContext, id: string) {
  const [channel] = await tx
    .select()
    .from(channels)
    .where(and(eq(channels.clinicId, ctx.clinic.id), eq(channels.id, id)));
  return channel;
}
