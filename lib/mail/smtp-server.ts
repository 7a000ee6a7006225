/** A server that takes mail, as it is connected to. `host` is a name or, pinned, an address that the name had. */
export interface SmtpServer {
  host: string;
  /** Whose certificate is asked for. */
  name: string;
  port: number;
  /** TLS from the first byte. */
  isSecure: boolean;
  /** Nothing is said before the connection has become a TLS one. */
  mustUpgrade: boolean;
  auth: { user: string; pass: string } | undefined;
}

/** The server that an `smtp:` or `smtps:` address names; undefined for anything else. */
export function smtpServerOf(url: string): SmtpServer | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, port, username, password } = new URL(url);
  const isSecure = protocol === "smtps:";
  const host = hostname.replace(/^\[|\]$/g, "");
  if (!host || !(isSecure || protocol === "smtp:")) return undefined;
  const user = decodeURIComponent(username);
  return {
    ...{ host, name: host, isSecure, mustUpgrade: false },
    port: port ? Number(port) : isSecure ? 465 : 587,
    auth: user ? { user, pass: decodeURIComponent(password) } : undefined,
  };
}
