import { validateRequest, validateRequestWithBody } from "twilio/lib/webhooks/webhooks.js";
import { env } from "@/lib/core/env";

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
 * Whether Twilio signed this request for our account. Another account than ours has no token here. Without a token in
 * the environment nobody is Twilio.
 */
export function isSignedByTwilio(request: Request, raw: Buffer, form: SignedForm | undefined): boolean {
  const { APP_URL: appUrl, TWILIO_AUTH_TOKEN: token } = env();
  if (!token || (form && !isOurAccount(form.AccountSid))) return false;
  return isSignedWith({ token, appUrl }, request, raw, form);
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
function isOurAccount(accountSid: string | string[] | undefined): boolean {
  const ours = env().TWILIO_ACCOUNT_SID;
  return accountSid === undefined || NO_ACCOUNT.test(ours) || accountSid === ours;
}
