import { z } from "zod";
import { knock } from "@/lib/mail/hand-over";
import { serverFor } from "@/lib/messaging/channels/email-smtp/send";
import type { ChannelKind } from "@/lib/messaging/channels/kinds";
import { twilioClient, TwilioRefusal } from "@/lib/messaging/channels/twilio-sms/twilio-client";
import { hasNumber } from "@/lib/messaging/channels/whatsapp-cloud/account";
import { callGraph } from "@/lib/messaging/channels/whatsapp-cloud/graph";
import type { ChannelCredentials } from "@/lib/messaging/credentials";

/** `problem` is one of ours, with words in `settings.problems`; null: the vendor knows the account and the address. */
export interface VendorSays {
  problem:
    | "no_credentials"
    | "credentials"
    | "account"
    | "account_closed"
    | "address"
    | "unreachable"
    | "server_place"
    | "no_tls"
    | null;
  displayAddress?: string;
}

const Number_ = z.object({ display_phone_number: z.string() });
const REFUSED = new Set([401, 403]);

/** Asks a vendor whether an account and an address are theirs to use: a read, nothing is sent. */
export function askVendor(
  channel: { kind: ChannelKind; address: string; account: string | null },
  credentials: ChannelCredentials,
): Promise<VendorSays> {
  if (channel.kind === "whatsapp_cloud") return askMeta(channel, credentials);
  if (channel.kind === "email") return askMailServer(credentials);
  if (channel.kind === "twilio_sms" || channel.kind === "twilio_whatsapp") return askTwilio(credentials);
  return Promise.resolve({ problem: null });
}

async function askTwilio(credentials: ChannelCredentials): Promise<VendorSays> {
  const client = twilioClient(credentials);
  if (!client || !credentials.account) return { problem: "no_credentials" };
  try {
    const account = await client.api.v2010.accounts(credentials.account).fetch();
    return { problem: account.status === "active" ? null : "account_closed" };
  } catch (error) {
    if (!(error instanceof TwilioRefusal)) return { problem: "unreachable" };
    if (REFUSED.has(error.status)) return { problem: "credentials" };
    return { problem: error.status === 404 ? "address" : "unreachable" };
  }
}

async function askMeta(
  { address: numberId, account }: { address: string; account: string | null },
  { access_token: token }: ChannelCredentials,
): Promise<VendorSays> {
  if (!token) return { problem: "no_credentials" };
  try {
    const answer = await callGraph(token, `${numberId}?fields=display_phone_number,verified_name`);
    const known = Number_.safeParse(answer.body);
    if (answer.status === 200 && known.success)
      return { ...(await askAccount(token, account, numberId)), displayAddress: known.data.display_phone_number };
    if (answer.errorCode === "190" || REFUSED.has(answer.status)) return { problem: "credentials" };
    return { problem: answer.status >= 500 ? "unreachable" : "address" };
  } catch {
    return { problem: "unreachable" }; // no answer is an answer here: the page says so
  }
}

/** An account that is named must have the number: by it WhatsApp's notices find this clinic and no other. */
async function askAccount(token: string, account: string | null, numberId: string): Promise<VendorSays> {
  if (account === null) return { problem: null };
  const { problem } = await hasNumber(token, account, numberId);
  return { problem: problem === "refused" || problem === "no_credentials" ? "account" : problem };
}

/** Connects and logs in, as a letter would; nothing is handed over. */
async function askMailServer(credentials: ChannelCredentials): Promise<VendorSays> {
  const server = await serverFor(credentials);
  if (server === "no_server") return { problem: "no_credentials" };
  if (server === "name_unknown") return { problem: "unreachable" };
  if (typeof server === "string") return { problem: "server_place" };
  const answer = await knock(server);
  if (answer.isTaken) return { problem: null };
  if (answer.code === "ETLS") return { problem: "no_tls" };
  return { problem: answer.stage === "login" && answer.code === "EAUTH" ? "credentials" : "unreachable" };
}
