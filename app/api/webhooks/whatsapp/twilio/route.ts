import { route } from "@/lib/http/route";
import { MOST_BYTES, receiveTwilio } from "@/lib/messaging/channels/twilio-sms/receive";

/** A patient's WhatsApp message by Twilio, and what became of ours: its fields tell which. */
export const POST = route.webhook({
  maxBytes: MOST_BYTES,
  handler: ({ request, raw }) => receiveTwilio(request, raw),
});
