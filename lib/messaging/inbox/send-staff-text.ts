import { and, eq } from "drizzle-orm";
import { channels } from "@/db/schema/channels";
import type { ClinicContext } from "@/lib/core/context";
import { env } from "@/lib/core/env";
import { query } from "@/lib/core/transact";
import { NEVER_LEFT, connectionCodeOf } from "@/lib/messaging/channels/connection";
import { twilioClient, TwilioRefusal } from "@/lib/messaging/channels/twilio-sms/twilio-client";
import { credentialsIn, deploymentCredentials } from "@/lib/messaging/credentials";

type Outcome = { outcome: "sent" } | { outcome: "retry" | "refused" | "unknown"; code: string };

/**
 * Texts a member of the clinic: from the deployment's number for alerts (`TWILIO_FROM_DOCTOR`), else from the clinic's
 * own. Not for patients: theirs go through the outbox and the gate.
 */
export async function sendStaffText(ctx: ClinicContext, { to, text }: { to: string; text: string }): Promise<Outcome> {
  const sender = await findSender(ctx);
  const client = sender && twilioClient(sender.credentials);
  if (!sender || !client) return { outcome: "refused", code: "not_configured" };
  try {
    await client.messages.create({ from: sender.from, to, body: text });
    return { outcome: "sent" };
  } catch (error) {
    if (error instanceof TwilioRefusal) {
      const isTransient = error.status === 429 || error.status >= 500;
      return { outcome: isTransient ? "retry" : "refused", code: error.code };
    }
    const code = connectionCodeOf(error);
    return { outcome: NEVER_LEFT.has(code) ? "retry" : "unknown", code };
  }
}

async function findSender(ctx: ClinicContext) {
  const alerts = env().TWILIO_FROM_DOCTOR;
  if (alerts) return { from: alerts, credentials: deploymentCredentials("twilio_sms") };
  return query(ctx, async (tx) => {
    const [own] = await tx
      .select()
      .from(channels)
      .where(and(eq(channels.clinicId, ctx.clinic.id), eq(channels.kind, "twilio_sms"), eq(channels.isActive, true)))
      .limit(1);
    return own && { from: own.address, credentials: await credentialsIn(tx, ctx, own) };
  });
}
