import { createTransport } from "nodemailer";
import { env } from "@/lib/core/env";

const TIMEOUT_MS = 10_000;

export interface Mail {
  /** Ours: it comes back in the Message-ID, so that a mail can be found at the vendor. */
  id: string;
  from?: string;
  to: string;
  subject: string;
  text: string;
  headers?: Record<string, string>;
}

/**
 * What became of a mail. `retry`: the server has nothing of it, for sure. `refused`: it never will. `unknown`: it may
 * have been taken, so it is not sent again blindly.
 */
export type MailOutcome =
  | { outcome: "sent"; messageId: string }
  | { outcome: "retry"; code: string }
  | { outcome: "refused"; code: string }
  | { outcome: "unknown"; code: string };

/** What nodemailer tells of a failure: what broke, and the server's answer where there was one. */
interface Failure {
  code: string;
  originalCode: string;
  timeoutType: string;
  responseCode: number;
}

/**
 * Hands one mail to an SMTP server (`SMTP_URL` unless another is given). Plain text: nothing in it can be tracked or can
 * run. Without a server it is refused as `no_server`.
 */
export async function sendMail(mail: Mail, smtpUrl: string | undefined = env().SMTP_URL): Promise<MailOutcome> {
  if (!smtpUrl) return { outcome: "refused", code: "no_server" };
  const times = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS };
  const transport = createTransport({ url: smtpUrl, ...times, disableFileAccess: true, disableUrlAccess: true });
  const from = mail.from ?? env().MAIL_FROM;
  const messageId = `<${mail.id}@${new URL(env().APP_URL).hostname}>`;
  const { to, subject, text, headers } = mail;
  try {
    await transport.sendMail({ from, to, subject, text, headers, messageId });
    return { outcome: "sent", messageId };
  } catch (error) {
    return outcomeOf(failureOf(error));
  } finally {
    transport.close();
  }
}

const REFUSED_BY_US = new Set(["EENVELOPE", "EMESSAGE"]);
/** The talk with the server had not come to the mail. */
const NEVER_LEFT = new Set(["EDNS", "ETLS", "EAUTH", "ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH"]);

function outcomeOf({ code, originalCode, timeoutType, responseCode }: Failure): MailOutcome {
  if (code === "EAUTH") return { outcome: "retry", code }; // ours to mend, not the address's fault
  if (responseCode >= 500) return { outcome: "refused", code: String(responseCode) };
  if (responseCode >= 400) return { outcome: "retry", code: String(responseCode) };
  if (REFUSED_BY_US.has(code)) return { outcome: "refused", code };
  const isEarlyTimeout = code === "ETIMEDOUT" && timeoutType !== "" && timeoutType !== "SOCKET_TIMEOUT";
  const hasNeverLeft = isEarlyTimeout || NEVER_LEFT.has(code) || NEVER_LEFT.has(originalCode);
  // A connection that broke may have broken after the last byte: only the server's answer is missing.
  return { outcome: hasNeverLeft ? "retry" : "unknown", code: code || "network" };
}

function failureOf(error: unknown): Failure {
  const told = { ...Object(error) } as Partial<Failure>; // nodemailer's errors carry these as plain properties
  const { code = "", originalCode = "", timeoutType = "", responseCode } = told;
  return { code, originalCode, timeoutType, responseCode: responseCode || 0 };
}
