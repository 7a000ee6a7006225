import { route } from "@/lib/http/route";
import { MOST_BYTES, receiveTwilio } from "@/lib/messaging/channels/twilio-sms/receive";

/** A patient's SMS, as Twilio delivers it. */
export const POST = route.webhook({
  maxBytes: MOST_BYTES,
  handler: ({ request, raw }) => receiveTwilio(request, raw),
});
