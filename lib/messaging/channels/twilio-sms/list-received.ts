import type { ChannelCredentials } from "@/lib/messaging/credentials";
import type { RawEvent } from "@/lib/messaging/ingest/webhook-events";
import { twilioClient } from "./twilio-client";

/** Above this many since the last look the oldest wait for the next. */
const MOST_LISTED = 500;
const API = "https://api.twilio.com";

interface Address {
  kind: string;
  address: string;
  credentials: ChannelCredentials;
}

/**
 * What Twilio received for an address since an instant, as the webhooks would have brought it; undefined where Twilio
 * can't be asked. Media are listed too, because a list of messages only counts them.
 */
export async function listReceived(
  { kind, address, credentials }: Address,
  since: Date,
): Promise<RawEvent[] | undefined> {
  const client = twilioClient(credentials);
  if (!client) return undefined;
  const to = kind === "twilio_whatsapp" ? `whatsapp:${address}` : address;
  try {
    const listed = await client.messages.list({ to, dateSentAfter: since, limit: MOST_LISTED });
    const inbound = listed.filter((one) => one.direction === "inbound");
    return await Promise.all(
      inbound.map(async ({ sid, accountSid, from, body, numMedia }) => {
        const files = Number(numMedia) > 0 ? await client.messages(sid).media.list({ limit: 10 }) : [];
        const media = files.flatMap((file, i) => [
          [`MediaUrl${i}`, `${API}${file.uri.replace(/\.json$/, "")}`],
          [`MediaContentType${i}`, file.contentType],
        ]);
        const form = { MessageSid: sid, AccountSid: accountSid, From: from, To: to, Body: body, NumMedia: numMedia };
        const fields: Record<string, string> = { ...form, ...Object.fromEntries(media) };
        return { vendor: "twilio", account: accountSid, vendorId: sid, event: "message", body: fields } as const;
      }),
    );
  } catch {
    return undefined; // the next round asks again; nothing was noted as compared
  }
}
