import { webhookReceived } from "@/inngest/events";
import { sameSecret } from "@/lib/core/crypto";
import { ring } from "@/lib/core/doorbell";
import { err, type Result } from "@/lib/core/result";
import { isClinicAddress, isSignedForAddress } from "@/lib/messaging/channels/signing-keys";
import { deploymentCredentials, type ChannelCredentials } from "@/lib/messaging/credentials";
import { storeEvents, type RawEvent } from "@/lib/messaging/ingest/webhook-events";
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
  const proof = await proofOf(request, raw, numbers);
  if (!proof) return err("SIGNATURE_INVALID");
  await storeEvents(proof.number === null ? events : events.map((event) => signedFor(event, proof.number)));
  ring(webhookReceived.create({}));
  return new Response(null);
}

/** News that names no number is believed for the clinic whose key it came under, and for no other. */
function signedFor(event: RawEvent, number: string | null): RawEvent {
  return event.body.phone_number_id === undefined ? { ...event, body: { ...event.body, signed_for: number } } : event;
}

/**
 * Every number that a clinic has must be signed for with that clinic's key: one clinic's app can't speak for another's
 * number. What names no clinic's number needs any right key: the deployment's (`number: null`), or that of the number in
 * the address. Undefined: nobody signed it.
 */
async function proofOf(
  request: Request,
  raw: Buffer,
  numbers: readonly string[],
): Promise<{ number: string | null } | undefined> {
  const header = request.headers.get("x-hub-signature-256");
  if (!header) return undefined;
  const tried = new Map<string, boolean>();
  const isSigned = ({ app_secret: secret = "" }: ChannelCredentials) => {
    const verdict = tried.get(secret) ?? isSignedByMeta(secret, header, raw);
    tried.set(secret, verdict);
    return verdict;
  };
  let proof: { number: string | null } | undefined = isSigned(deploymentCredentials(KIND))
    ? { number: null }
    : undefined;
  let strangers = 0;
  for (const number of numbers) {
    if (!(await isClinicAddress(KIND, number))) {
      if (!proof && ++strangers > MOST_STRANGERS) return undefined;
    } else if (await isSignedForAddress(KIND, number, isSigned)) proof ??= { number };
    else return undefined;
  }
  const asked = numberOf(request);
  return proof ?? ((await isSignedForAddress(KIND, asked, isSigned)) ? { number: asked } : undefined);
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
