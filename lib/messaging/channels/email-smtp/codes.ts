import { isMalformed, type HandOverFailure } from "@/lib/mail/hand-over";
import type { SendOutcome } from "@/lib/messaging/channels/channel";
import { reasonOf } from "@/lib/messaging/channels/reasons";

/** Nobody has this address, by RFC 3463: bad mailbox, bad system, bad syntax, moved without a new address, and the like. */
const NO_SUCH_ADDRESS = /^5\.1\.(1|2|3|6|10)$/;
const MAILBOX_OFF = /^5\.2\.1$/;
const FULL = /^[45]\.2\.2$/;
/** Policy, spam, a virus: the mail is what isn't wanted, the address may be good. */
const POLICY = /^[45]\.7\./;
/** What a refused recipient means where the server gives no class of its own (RFC 5321). */
const NO_SUCH_ADDRESS_REPLIES: readonly number[] = [550, 551, 553];

/** The names of what can go wrong with a mail; `reasons.ts` has what each means to us. */
export type MailCode =
  | "mail_no_mailbox"
  | "mail_full"
  | "mail_refused"
  | "mail_malformed"
  | "mail_later"
  | "mail_sender"
  | "mail_login"
  | "mail_tls"
  | "mail_server"
  | "mail_down";

/** `mail_no_mailbox:550`: what it means, and the server's own number where it answered. */
const codeOf = (name: MailCode, { reply, code }: HandOverFailure): string => `${name}:${reply ?? code}`;

/**
 * What a failed hand-over means for the message. A server that never had a byte of the mail has nothing of it: tried
 * again. Its no to the address or the mail stands. Where only the answer is missing it may have taken it: unknown.
 */
export function outcomeOf(failure: HandOverFailure): SendOutcome {
  const { stage, reply, code } = failure;
  if (isMalformed(failure)) return refused("mail_malformed", failure);
  if (code === "EAUTH") return retry(reply && reply < 500 ? "mail_down" : "mail_login", failure);
  if (code === "ETLS") return retry("mail_tls", failure);
  if (reply === undefined) return stage === "body" ? { outcome: "unknown", code } : retry("mail_down", failure);
  if (stage === "connect" || stage === "login" || reply === 421) return retry("mail_down", failure);
  if (reply < 500) return retry("mail_later", failure);
  // Our own address or our right to send: no fault of the recipient's.
  if (stage === "sender" || isAboutUs(failure)) return retry("mail_sender", failure);
  return refused(nameOfRefusal(failure), failure);
}

/** The server relays only for those who have logged in. */
const isAboutUs = ({ reply, enhanced }: HandOverFailure): boolean => reply === 530 || enhanced === "5.7.0";

function nameOfRefusal({ stage, reply = 0, enhanced }: HandOverFailure): MailCode {
  if (enhanced && (NO_SUCH_ADDRESS.test(enhanced) || MAILBOX_OFF.test(enhanced))) return "mail_no_mailbox";
  if ((enhanced && FULL.test(enhanced)) || reply === 552) return "mail_full";
  if (enhanced && POLICY.test(enhanced)) return "mail_refused";
  const isAddress = stage === "recipient" && !enhanced && NO_SUCH_ADDRESS_REPLIES.includes(reply);
  return isAddress ? "mail_no_mailbox" : "mail_refused";
}

function retry(name: MailCode, failure: HandOverFailure): SendOutcome {
  const code = codeOf(name, failure);
  return { outcome: "retry", reason: reasonOf(code), code };
}

function refused(name: MailCode, failure: HandOverFailure): SendOutcome {
  const code = codeOf(name, failure);
  return { outcome: "refused", reason: reasonOf(code), code };
}
