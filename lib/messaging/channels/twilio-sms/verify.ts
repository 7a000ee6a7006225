import { validateRequest, validateRequestWithBody } from "twilio/lib/webhooks/webhooks.js";
import { env } from "@/lib/core/env";

/** Stands in the environment's schema where no account was named: then the token alone decides. */
const NO_ACCOUNT = /^AC0+$/;

/** A form's fields; a name that comes twice keeps both values, as the signature does. */
export type SignedForm = Record<string, string | string[]>;

/**
 * Whether Twilio signed this request: HMAC with the account's token over `APP_URL` + path and query as received, and
 * the form's fields. Another account than ours has no token here. Without a token in the environment nobody is Twilio.
 */
export function isSignedByTwilio(request: Request, raw: Buffer, form: SignedForm | undefined): boolean {
  const { APP_URL, TWILIO_AUTH_TOKEN: token } = env();
  const signature = request.headers.get("x-twilio-signature");
  if (!token || !signature) return false;
  if (form && !isOurAccount(form.AccountSid)) return false;
  const { pathname, search, searchParams } = new URL(request.url);
  const address = `${APP_URL}${pathname}${search}`;
  if (!form && searchParams.has("bodySHA256"))
    return validateRequestWithBody(token, signature, address, raw.toString("utf8"));
  return form !== undefined && validateRequest(token, signature, address, form);
}

function isOurAccount(accountSid: string | string[] | undefined): boolean {
  const ours = env().TWILIO_ACCOUNT_SID;
  return typeof accountSid === "string" && (NO_ACCOUNT.test(ours) || accountSid === ours);
}
