import { webhookReceived } from "@/inngest/events";
import { sameSecret } from "@/lib/core/crypto";
import { ring } from "@/lib/core/doorbell";
import { err, type Result } from "@/lib/core/result";
import { isClinicAddress, isSignedForAddress } from "@/lib/messaging/channels/signing-keys";
import { deploymentCredentials, type ChannelCredentials } from "@/lib/messaging/credentials";
import { storeEvents } from "@/lib/messaging/webhook-events";
import { splitDelivery } from "./split";
import { isSignedByMeta } from "./verify";

/** Meta's own limit of a delivery. */
export const MOST_BYTES = 3_200_000;
/** Numbers of strangers that are looked up before a delivery has shown any right signature. */
const MOST_STRANGERS = 20;
const KIND = "whatsapp_cloud";

/**
 * Takes in one delivery of Meta's, many messages and statuses of several numbers: verified over the raw bytes, split into
 * one row each, kept in one insert, answered with an empty 200. SIGNATURE_INVALID leaves nothing behind. The body names
 * the key that it is checked with, and nothing else of it is believed before.
 */
export async function receiveWhatsapp(request: Request, raw: Buffer): Promise<Result<never> | Response> {
  const { events, numbers } = splitDelivery(raw.toString("utf8"));
  if (!(await isGenuine(request, raw, numbers))) return err("SIGNATURE_INVALID");
  await storeEvents(events);
  ring(webhookReceived.create({}));
  return new Response(null);
}

/**
 * Every number that a clinic has must be signed for with that clinic's key: one clinic's app can't speak for another's
 * number. What names no clinic's number needs any right key: the deployment's, or that of the number in the address.
 */
async function isGenuine(request: Request, raw: Buffer, numbers: readonly string[]): Promise<boolean> {
  const header = request.headers.get("x-hub-signature-256");
  if (!header) return false;
  const tried = new Map<string, boolean>();
  const isSigned = ({ app_secret: secret = "" }: ChannelCredentials) => {
    const verdict = tried.get(secret) ?? isSignedByMeta(secret, header, raw);
    tried.set(secret, verdict);
    return verdict;
  };
  let isProven = isSigned(deploymentCredentials(KIND));
  let strangers = 0;
  for (const number of numbers) {
    if (!(await isClinicAddress(KIND, number))) {
      if (!isProven && ++strangers > MOST_STRANGERS) return false;
    } else if (await isSignedForAddress(KIND, number, isSigned)) isProven = true;
    else return false;
  }
  return isProven || isSignedForAddress(KIND, numberOf(request), isSigned);
}

/** The callback address of a clinic with an app of its own names its number: `?number=…`. */
const numberOf = (request: Request) => new URL(request.url).searchParams.get("number") ?? "";

/** Meta's question whether this address is ours: the bare challenge for the right token, SIGNATURE_INVALID for any other. */
export async function answerChallenge(request: Request): Promise<Result<never> | Response> {
  const asked = new URL(request.url).searchParams;
  const [token, challenge] = [asked.get("hub.verify_token"), asked.get("hub.challenge")];
  if (asked.get("hub.mode") !== "subscribe" || !token || challenge === null) return err("SIGNATURE_INVALID");
  const isRight = ({ verify_token: ours }: ChannelCredentials) => ours !== undefined && sameSecret(ours, token);
  const isOurs = isRight(deploymentCredentials(KIND)) || (await isSignedForAddress(KIND, numberOf(request), isRight));
  if (!isOurs) return err("SIGNATURE_INVALID");
  return new Response(challenge, { headers: { "content-type": "text/plain" } });
}
