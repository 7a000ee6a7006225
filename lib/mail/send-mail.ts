import { env } from "@/lib/core/env";
import { handOver, isMalformed, type HandOver } from "./hand-over";
import { smtpServerOf } from "./smtp-server";

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

/**
 * Hands one mail to an SMTP server (`SMTP_URL` unless another is given). Plain text: nothing in it can be tracked or can
 * run. Without a server it is refused as `no_server`.
 */
export async function sendMail(mail: Mail, smtpUrl: string | undefined = env().SMTP_URL): Promise<MailOutcome> {
  const server = smtpServerOf(smtpUrl ?? "");
  if (!server) return { outcome: "refused", code: "no_server" };
  const messageId = `<${mail.id}@${new URL(env().APP_URL).hostname}>`;
  const { to, subject, text, headers = {} } = mail;
  const from = mail.from ?? env().MAIL_FROM;
  return outcomeOf(await handOver({ from, to, subject, text, headers, messageId }, server), messageId);
}

function outcomeOf(handed: HandOver, messageId: string): MailOutcome {
  if (handed.isTaken) return { outcome: "sent", messageId };
  const { stage, reply } = handed;
  const code = String(reply ?? handed.code);
  const isOurs = stage === "connect" || stage === "login"; // ours to mend, not the address's fault
  if (isMalformed(handed) || (reply && reply >= 500 && !isOurs)) return { outcome: "refused", code };
  return { outcome: reply || stage !== "body" ? "retry" : "unknown", code };
}
