import { eq } from "drizzle-orm";
import { closePool } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { inClinic, makeClinic } from "@/db/testing/make";

/** Writes the clinic under fire into the database of this process's environment, and lets go of it. */
export async function setStage(number: string): Promise<void> {
  const { ctx, channel } = await makeClinic({}, new Date().toISOString());
  await inClinic(ctx, (tx) => tx.update(channels).set({ address: number }).where(eq(channels.id, channel.id)));
  await closePool();
}
