import { webhookReceived } from "@/inngest/events";
import { ring } from "@/lib/core/doorbell";
import { err, type Result } from "@/lib/core/result";
import { storeEvents } from "@/lib/messaging/ingest/webhook-events";
import { eventOf, formOf } from "./parse";
import { isSignedByTwilio } from "./verify";

/** Far above any message: ten media addresses and 1,600 characters, every one of them escaped. */
export const MOST_BYTES = 256_000;

/**
 * Takes in one delivery of Twilio, a message or a status: verified over the raw body, kept in one insert, answered with
 * empty TwiML. SIGNATURE_INVALID leaves nothing behind. Everything else happens after the answer.
 */
export async function receiveTwilio(request: Request, raw: Buffer): Promise<Result<never> | Response> {
  const form = formOf(request.headers.get("content-type"), raw);
  if (!(await isSignedByTwilio(request, raw, form))) return err("SIGNATURE_INVALID");
  // crashpoint("K1")
  await storeEvents([eventOf(request, form, raw)]);
  // crashpoint("K2")
  ring(webhookReceived.create({}));
  return new Response("<Response/>", { headers: { "content-type": "text/xml" } });
}
