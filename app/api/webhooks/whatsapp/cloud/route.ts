import { route } from "@/lib/http/route";
import { answerChallenge, MOST_BYTES, receiveWhatsapp } from "@/lib/messaging/channels/whatsapp-cloud/receive";

/** Meta asks whether this address is ours. */
export const GET = route.webhook({ maxBytes: 0, handler: ({ request }) => answerChallenge(request) });

/** Messages, statuses and other news of WhatsApp numbers, as Meta delivers them. */
export const POST = route.webhook({
  maxBytes: MOST_BYTES,
  handler: ({ request, raw }) => receiveWhatsapp(request, raw),
});
