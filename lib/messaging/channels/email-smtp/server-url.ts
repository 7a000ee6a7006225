import { smtpServerOf } from "@/lib/mail/smtp-server";

/** A mail server as a person names it. */
export interface NamedServer {
  host?: string | undefined;
  port?: number | undefined;
  user?: string | undefined;
  password?: string | undefined;
}

const HOST = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;
const TLS_PORT = 465;
const USUAL_PORT = 587;

/**
 * The address under which a server is kept: its parts, over those of the one that is `known`. Who names another host has
 * to give the secrets again: a password that is kept is never handed to a server that it was not given for. Undefined
 * where no host is named, or none that could be one.
 */
export function smtpUrlOf(given: NamedServer, known?: string): string | undefined {
  const before = known ? smtpServerOf(known) : undefined;
  const host = given.host?.toLowerCase() ?? before?.name;
  if (!host || !HOST.test(host)) return undefined;
  const kept = host === before?.name ? before.auth : undefined;
  const [user, password] = [given.user ?? kept?.user ?? "", given.password ?? kept?.pass ?? ""];
  const port = given.port ?? before?.port ?? USUAL_PORT;
  const secrets = user ? `${encodeURIComponent(user)}${password ? `:${encodeURIComponent(password)}` : ""}@` : "";
  return `${port === TLS_PORT ? "smtps" : "smtp"}://${secrets}${host}:${port}`;
}
