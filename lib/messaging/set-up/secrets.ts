import { err, ok, type Result } from "@/lib/core/result";
import { smtpUrlOf } from "@/lib/messaging/channels/email-smtp/server-url";
import type { ChannelKind } from "@/lib/messaging/channels/kinds";
import type { ChannelCredentials, CredentialPurpose } from "@/lib/messaging/credentials";
import type { GivenCredentials } from "./schema";

/** What is kept of given credentials: the account that they are of, where one was named, and what is sealed. */
export interface KeptCredentials {
  account: string | null | undefined;
  secrets: Partial<Record<CredentialPurpose, string>>;
}

/**
 * What to keep of what a person gave. A mail server's parts become one address, over those that the channel has of its
 * own; its account is the server's name. VALIDATION_FAILED where no server could be meant.
 */
export function keptOf(
  kind: ChannelKind,
  { account, smtp_host: host, smtp_port: port, smtp_user: user, smtp_password: password, ...secrets }: GivenCredentials,
  own?: ChannelCredentials,
): Result<KeptCredentials> {
  if (kind !== "email") return ok({ account: account === undefined ? undefined : account || null, secrets });
  if ([host, port, user, password].every((part) => part === undefined)) return ok({ account: undefined, secrets: {} });
  const url = smtpUrlOf({ host, port, user, password }, own?.smtp_url);
  if (!url)
    return err("VALIDATION_FAILED", [
      { code: "smtp_host", path: ["credentials", "smtp_host"], message: "Not the name of a mail server." },
    ]);
  return ok({ account: new URL(url).hostname, secrets: { smtp_url: url } });
}
