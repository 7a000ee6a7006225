/** Runs once when a server process starts, before its first request. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { stampPeers } = await import("@/lib/http/address");
  const { closeStreams } = await import("@/lib/realtime/stream");
  stampPeers();
  process.once("SIGTERM", closeStreams);
  process.once("SIGINT", closeStreams);
}
