/** Runs once when a server process starts, before its first request. */
export async function register() {
  // Kept inside the condition, so that nothing of it is compiled for another runtime than Node.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { stampPeers } = await import("@/lib/http/address");
    const { closeStreams } = await import("@/lib/realtime/stream");
    stampPeers();
    process.once("SIGTERM", closeStreams);
    process.once("SIGINT", closeStreams);
    // The development server reloads its routes, which it must then be the one to call.
    if (process.env.NODE_ENV === "production") await openIngress();
  }
}

/** The vendors' routes and their aliases, answered ahead of the framework. */
async function openIngress() {
  const { openIngress: open } = await import("@/lib/http/ingress");
  const { POST: inbound } = await import("@/app/api/webhooks/sms/inbound/route");
  const { POST: status } = await import("@/app/api/webhooks/sms/status/route");
  const { POST: cloud } = await import("@/app/api/webhooks/whatsapp/cloud/route");
  const { POST: twilio } = await import("@/app/api/webhooks/whatsapp/twilio/route");
  open({
    "/api/webhooks/sms/inbound": inbound,
    "/webhooks/sms/inbound": inbound,
    "/api/v1/twilio/webhook": inbound,
    "/api/webhooks/sms/status": status,
    "/webhooks/sms/status": status,
    "/api/webhooks/whatsapp/cloud": cloud,
    "/api/webhooks/whatsapp/twilio": twilio,
  });
}
