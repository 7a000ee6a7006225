import { env } from "@/lib/core/env";
import { handOver } from "@/lib/mail/hand-over";
import { smtpServerOf, type SmtpServer } from "@/lib/mail/smtp-server";
import type { OutboundMessage, SendOutcome } from "@/lib/messaging/channels/channel";
import type { ChannelCredentials } from "@/lib/messaging/credentials";
import { clinicServerOf, type ServerProblem } from "./clinic-server";
import { outcomeOf } from "./codes";
import { composeMail } from "./compose";

/**
 * Hands one message to the clinic's mail server, or to the deployment's. The Message-ID is made of the outbox id. SMTP
 * can't be asked afterwards what it has taken: a lost answer stays unknown.
 */
export async function sendByMail(message: OutboundMessage): Promise<SendOutcome> {
  const server = await serverFor(message.credentials);
  if (server === "name_unknown") return { outcome: "retry", reason: "no_connection", code: "mail_down:name_unknown" };
  if (typeof server === "string") return { outcome: "retry", reason: "not_configured", code: `mail_server:${server}` };
  const mail = composeMail(message, isOwn(message.credentials) ? undefined : env().MAIL_FROM);
  const handed = await handOver(mail, server);
  return handed.isTaken ? { outcome: "sent", vendorId: mail.messageId, isDelivered: false } : outcomeOf(handed);
}

/** The server behind these credentials, or what stands in its way; the deployment's own is taken as it is. */
export async function serverFor(credentials: ChannelCredentials): Promise<SmtpServer | ServerProblem> {
  const { smtp_url: url } = credentials;
  if (!url) return "no_server";
  return isOwn(credentials) ? clinicServerOf(url) : (smtpServerOf(url) ?? "no_server");
}

/** Whether the server is the clinic's. Only the very address that the environment names is trusted as the deployment's. */
const isOwn = ({ smtp_url: url }: ChannelCredentials): boolean => url !== env().SMTP_URL;
