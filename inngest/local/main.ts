import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { Executor } from "./executor";
import { settingsFrom } from "./settings";

/**
 * The local executor as a process of its own. Reads DATABASE_LISTEN_URL or DATABASE_URL, INNGEST_EVENT_KEY,
 * INNGEST_SIGNING_KEY, the port of INNGEST_BASE_URL (or EXECUTOR_PORT) and PORT (or EXECUTOR_SERVE_URL). SIGINT
 * and SIGTERM end it in good order.
 */
const executor = new Executor(settingsFrom(env()));

let isEnding = false;
function end(): void {
  if (isEnding) return;
  isEnding = true;
  executor.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
}
process.on("SIGINT", end);
process.on("SIGTERM", end);

await executor.start();
log.info({ port: executor.port }, "executor listens");
