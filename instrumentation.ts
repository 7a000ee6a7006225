/** Runs once when a server process starts, before its first request. */
export async function register() {
  // Kept inside the condition, so that nothing of it is compiled for another runtime than Node.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { stampPeers } = await import("@/lib/http/address");
    const { closeStreams } = await import("@/lib/realtime/stream");
    stampPeers();
    process.once("SIGTERM", closeStreams);
    process.once("SIGINT", closeStreams);
  }
}
