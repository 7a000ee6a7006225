import { route } from "@/lib/http/route";
import { MOST_BYTES, receiveTwilio } from "@/lib/messaging/channels/twilio-sms/receive";

/** What became of an SMS that we sent, as Twilio tells it. */
export const POST = route.webhook({
  maxBytes: MOST_BYTES,
  handler: ({ request, raw }) => receiveTwilio(request, raw),
});
