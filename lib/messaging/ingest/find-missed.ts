import { and, eq, inArray, isNull, lt, or, sql } from "drizzle-orm";
import { newId } from "@/db/ids";
import { channels } from "@/db/schema/channels";
import { webhookReceived } from "@/inngest/events";
import { audit } from "@/lib/audit/record";
import { systemContext } from "@/lib/clinics/mint";
import type { ClinicContext } from "@/lib/core/context";
import { ring } from "@/lib/core/doorbell";
import { ok, unwrap } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import { listReceived } from "@/lib/messaging/channels/twilio-sms/list-received";
import { credentialsIn } from "@/lib/messaging/credentials";
import { storeEvents } from "./webhook-events";

/** A channel that has never been compared is compared from so long ago. */
const FIRST_LOOK_BACK_MS = 24 * 3_600_000;
/** Twilio's list and its webhooks are not quite in step: the last quarter of an hour is looked at again. */
const OVERLAP_MS = 15 * 60_000;
const EVERY_MS = 10 * 60_000;

/**
 * Compares what Twilio received for a clinic with what its webhooks brought, and takes in what is missing, as raw events
 * like any other: those that are there already are absorbed by the index. A vendor that doesn't answer is asked in the
 * next round. Answers how many messages were looked at.
 */
export async function findMissedMessages(clinicId: string): Promise<number> {
  const ctx = await systemContext(clinicId, "messaging.find-missed");
  let seen = 0;
  for (const channel of await listDue(ctx)) {
    const startedAt = ctx.now();
    const since = new Date(
      (channel.reconciledUntil?.getTime() ?? startedAt.getTime() - FIRST_LOOK_BACK_MS) - OVERLAP_MS,
    );
    const received = await listReceived(channel, since);
    if (!received) continue;
    if (received.length > 0) await storeEvents(received.map((event) => ({ id: newId(), ...event })));
    await noteCompared(ctx, channel.id, startedAt);
    seen += received.length;
  }
  if (seen > 0) ring(webhookReceived.create({}));
  return seen;
}

const listDue = (ctx: ClinicContext) =>
  query(ctx, async (tx) => {
    const rows = await tx
      .select()
      .from(channels)
      .where(
        and(
          eq(channels.clinicId, ctx.clinic.id),
          eq(channels.isActive, true),
          inArray(channels.kind, ["twilio_sms", "twilio_whatsapp"]),
          or(isNull(channels.reconciledUntil), lt(channels.reconciledUntil, new Date(ctx.now().getTime() - EVERY_MS))),
        ),
      );
    return Promise.all(rows.map(async (row) => ({ ...row, credentials: await credentialsIn(tx, ctx, row) })));
  });

/** Never backwards: of two runs at once the later look counts. */
const noteCompared = async (ctx: ClinicContext, id: string, until: Date) =>
  unwrap(
    await transact(ctx, {}, async (tx) => {
      await tx
        .update(channels)
        .set({ reconciledUntil: sql`greatest(${channels.reconciledUntil}, ${until}::timestamptz)` })
        .where(and(eq(channels.clinicId, ctx.clinic.id), eq(channels.id, id)));
      await audit(tx, ctx, { action: "channel.reconcile", targetType: "channel", targetId: id });
      return ok();
    }),
  );
