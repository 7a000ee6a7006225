import type { Tx } from "@/db/client";
import { media } from "@/db/schema/media";
import type { MessageMedia } from "@/db/schema/messaging";
import { mediaDue } from "@/inngest/events";
import type { ClinicContext } from "@/lib/core/context";
import { ring } from "@/lib/core/doorbell";
import { afterCommit } from "@/lib/core/transact";

/** Notes that a message's attachments are to be fetched; asked again for the same message, nothing changes. */
export async function queueMediaIn(tx: Tx, ctx: ClinicContext, messageId: string, references: MessageMedia[]) {
  if (references.length === 0) return;
  const clinicId = ctx.clinic.id;
  await tx
    .insert(media)
    .values(references.map(({ fileName }, position) => ({ clinicId, messageId, position, fileName })))
    .onConflictDoNothing();
  afterCommit(tx, () => ring(mediaDue.create({ clinicId })));
}
