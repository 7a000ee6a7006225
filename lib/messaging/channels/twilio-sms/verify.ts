import { validateRequest, validateRequestWithBody } from "twilio/lib/webhooks/webhooks.js";
import { env } from "@/lib/core/env";
import { isSignedForAddress } from "@/lib/messaging/channels/signing-keys";
import type { ChannelCredentials } from "@/lib/messaging/credentials";
import { senderOf, statusWordOf } from "./parse";

/** Stands in the environment's schema where no account was named: then the token alone decides. */
const NO_ACCOUNT = /^AC0+$/;

/** A form's fields; a name that comes twice keeps both values, as the signature does. */
export type SignedForm = Record<string, string | string[]>;

/** The token that signs and the address under which the world reaches us, without a path. */
export interface Signer {
  token: string;
  appUrl: string;
}

/**
 * Whether Twilio signed this request for an account of ours: the deployment's, or the one of the clinic whose address the
 * form names. Another account than these has no token here, and without a token nobody is Twilio.
 */
export async function isSignedByTwilio(request: Request, raw: Buffer, form: SignedForm | undefined): Promise<boolean> {
  if (!request.headers.has("x-twilio-signature")) return false; // before anything is looked up for a stranger
  const { APP_URL: appUrl, TWILIO_AUTH_TOKEN: token } = env();
  const account = oneOf(form?.AccountSid);
  if (token && (!form || isDeployments(account)) && isSignedWith({ token, appUrl }, request, raw, form)) return true;
  if (!form) return false;
  const isOurs = ({ account: own, auth_token: theirs }: ChannelCredentials) =>
    theirs !== undefined &&
    own !== null &&
    own === account &&
    isSignedWith({ token: theirs, appUrl }, request, raw, form);
  const { channelKind, address } = ourSideOf(form);
  return isSignedForAddress(channelKind, address, isOurs);
}

const oneOf = (value: string | string[] | undefined) => (typeof value === "string" ? value : value?.[0]);

/**
 * Our side of the message: a status tells of what we sent, everything else was sent to us. Which of them it is, is read here
 * as it is read later: the key that is asked for is that of the number of which it is believed.
 */
function ourSideOf(form: SignedForm) {
  const fields = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, oneOf(value)]));
  return senderOf((statusWordOf(fields) === undefined ? fields.To : fields.From) ?? "");
}

/**
 * Whether the request's signature is the token's: HMAC over `appUrl` + path and query as received, and the form's
 * fields; a body that is no form is signed by its hash in the address.
 */
export function isSignedWith(
  { token, appUrl }: Signer,
  request: Request,
  raw: Buffer,
  form: SignedForm | undefined,
): boolean {
  const signature = request.headers.get("x-twilio-signature");
  if (!signature) return false;
  const { pathname, search, searchParams } = new URL(request.url);
  const address = `${appUrl}${pathname}${search}`;
  if (!form && searchParams.has("bodySHA256"))
    return validateRequestWithBody(token, signature, address, raw.toString("utf8"));
  return form !== undefined && validateRequest(token, signature, address, form);
}

/** A form that names no account is anybody's who has the token. */
function isDeployments(account: string | undefined): boolean {
  const ours = env().TWILIO_ACCOUNT_SID;
  return account === undefined || NO_ACCOUNT.test(ours) || account === ours;
}
