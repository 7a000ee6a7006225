import { z } from "zod";
import type { MessageMedia } from "@/db/schema/messaging";
import { env } from "@/lib/core/env";
import type { ChannelCredentials } from "@/lib/messaging/credentials";
import type { ChannelKind } from "@/lib/messaging/channels/kinds";
import { fetchBytes, type Fetched } from "./fetch-bytes";
import { twilioHosts, whatsappHosts } from "./sources";

/** What the Cloud API says of an attachment: an address that is good for five minutes. */
const Described = z.object({ url: z.url() });

/**
 * The bytes behind a vendor's reference. Twilio's is an address that its token opens; the Cloud API's is an id that is
 * asked for an address first. A channel that has no attachments, or no credentials, refuses.
 */
export async function fetchReference(
  kind: ChannelKind,
  reference: MessageMedia,
  credentials: ChannelCredentials,
): Promise<Fetched> {
  if (kind === "whatsapp_cloud") return fetchFromWhatsapp(reference, credentials);
  if (!reference.url || !URL.canParse(reference.url)) return { outcome: "refused", problem: "no_address" };
  if (kind !== "twilio_sms" && kind !== "twilio_whatsapp") return { outcome: "refused", problem: "no_media" };
  const { account, auth_token: token } = credentials;
  const authorization = account && token ? `Basic ${Buffer.from(`${account}:${token}`).toString("base64")}` : undefined;
  return fetchBytes({ url: reference.url, hosts: twilioHosts(), authorization });
}

async function fetchFromWhatsapp(reference: MessageMedia, credentials: ChannelCredentials): Promise<Fetched> {
  const { access_token: token } = credentials;
  if (!reference.vendorMediaId || !token) return { outcome: "refused", problem: "no_address" };
  const { WHATSAPP_GRAPH_BASE_URL: base, WHATSAPP_GRAPH_VERSION: version } = env();
  const place = { hosts: whatsappHosts(), authorization: `Bearer ${token}` };
  const url = `${base}/${version}/${encodeURIComponent(reference.vendorMediaId)}`;
  const answer = await fetchBytes({ url, ...place });
  if (answer.outcome !== "bytes") return answer;
  const described = Described.safeParse(jsonOf(answer.bytes));
  return described.success
    ? fetchBytes({ url: described.data.url, ...place })
    : { outcome: "failed", problem: "not_described" };
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}
